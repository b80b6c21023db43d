"""One example map with every kind of figure, and words of our own: the package itself holds none."""

from dataclasses import replace

from maps import (
    AROUND,
    SUPPRESSED,
    Band,
    Chooser,
    CountyMap,
    Figure,
    Labels,
    MapWords,
    Measure,
    Place,
    Places,
    Style,
    county_codes,
    prefecture_codes,
)

WORDS = MapWords(
    unit_label="单位：",
    no_data="无数据",
    suppressed="样本不足，不公布",
    hidden="不公布",
    few="太小，不好比",
    wider="按市州画",
    find="找县",
    names="县名",
    prefectures="市州界",
    north="北",
    around=dict.fromkeys(AROUND, "邻省"),
    open_map="打开交互地图",
    close_map="关闭交互地图",
    full_screen="全屏",
    layers="画什么",
    loading="正在打开……",
    failed="地图没有打开，请稍后再试。",
    hint="方向键换县，回车键看该县，退出键关闭。",
    zoom_in="放大",
    zoom_out="缩小",
    attribution="行政区域界线：国家地理信息公共服务平台（天地图），审图号GS(2024)0650号；本图审图号：〔待批〕。",
)

HOSTILE = (
    "</script><script>window.ran=1</script>"
    "\"'><img src=x onerror=window.ran=1>`code`{{ 7*7 }}{% raw %}"
    "\u2028\u2029--8<-- [x](javascript:1) *b* _c_ &amp; $&"
)


def figures() -> dict[str, Figure]:
    """No data, suppressed, zero, then rising figures, dealt out by turns."""
    kinds: tuple[Figure, ...] = (None, SUPPRESSED, 0)
    return {
        code: kinds[index] if index < len(kinds) else 10 + index * index for index, code in enumerate(county_codes())
    }


BANDS = tuple(Band(lowest=lowest, text=f"从{lowest}起") for lowest in (1, 25, 100, 500, 1000))
SHARES = Measure(title="各县法律援助需求", unit="件", figures=figures(), bands=BANDS, reading="各县都有需求。")
TOTALS = replace(SHARES, title="各县需求总数", style=Style.CIRCLES, bands=())
PLACES = Places(
    title="有窗口的县",
    groups=("今年的窗口", "去年的窗口"),
    places=(
        Place(county="220881", group=0, name="甲窗口", lines=("团结路1号", "周一至周五"), at=(122.783, 45.335)),
        Place(county="220882", group=1, name="乙窗口", lines=("人民路2号",)),
    ),
    elsewhere="没有窗口",
    point="有坐标的窗口",
    about="没有坐标的窗口",
)

EXAMPLE = CountyMap(
    name="needs",
    shown={(): SHARES},
    county_names={code: f"第{code}县" for code in county_codes()},
    labels=Labels(
        counties={code: f"县{code[-2:]}" for code in county_codes()},
        prefectures={code: f"市{code[-2:]}" for code in prefecture_codes()},
        second={"222402": "도문"},
    ),
    links={code: f"../counties/{code}/" for code in county_codes()},
)
CHOICE = replace(
    EXAMPLE,
    name="choice",
    choosers=(Chooser(label="显示", options={"shares": "比例", "totals": "总数", "few": "很少"}),),
    shown={
        ("shares",): SHARES,
        ("totals",): TOTALS,
        ("few",): Measure(title="很少的县", unit="个", figures={"220102": 1234, "220104": 0}, style=Style.CIRCLES),
    },
)
PLACE_MAP = replace(EXAMPLE, name="places", shown={(): PLACES})

HOSTILE_EXAMPLE = replace(
    EXAMPLE,
    name="hostile",
    choosers=(Chooser(label=HOSTILE, options={"one": HOSTILE, "two": HOSTILE}),),
    shown={
        ("one",): replace(SHARES, title=HOSTILE, unit=HOSTILE, reading=HOSTILE, bands=(Band(lowest=1, text=HOSTILE),)),
        ("two",): replace(TOTALS, title=HOSTILE, unit=HOSTILE, reading=HOSTILE),
    },
    county_names=dict.fromkeys(county_codes(), HOSTILE),
    labels=Labels(
        counties=dict.fromkeys(county_codes(), HOSTILE), prefectures=dict.fromkeys(prefecture_codes(), HOSTILE)
    ),
)

HOSTILE_WORDS = MapWords(
    **dict.fromkeys(WORDS.__dataclass_fields__.keys() - {"around"}, HOSTILE), around=dict.fromkeys(AROUND, HOSTILE)
)
