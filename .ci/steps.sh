# Sourced: run named steps one after another, whatever fails on the way, and tell at the end.
failed=()

step() { # step NAME COMMAND…
  local name=$1
  shift
  echo "── $name"
  "$@" || failed+=("$name")
}

finish() { # finish WHAT
  [ ${#failed[@]} -gt 0 ] || { echo "── $1: every step passed"; exit 0; }
  printf "── $1: did not pass: %s\n" "${failed[@]}"
  exit 1
}
