"""A cell that a phone shows as part of a record carries the head of its column."""

from markupsafe import Markup

from site_builder.render.record_cells import under_heads


def test_each_cell_but_the_row_s_own_head_names_its_column() -> None:
    """In every row anew, and a name from the data stays text."""
    row = Markup('<tr class="x"><th scope="row">甲</th><td class="number">1</td><td>2</td></tr>\n')
    shown = under_heads(row + row, ["县", "村", '数"<b>'])
    assert (
        shown
        == (
            '<tr class="x"><th scope="row">甲</th><td data-head="村" class="number">1</td>'
            '<td data-head="数&#34;&lt;b&gt;">2</td></tr>\n'
        )
        * 2
    )
