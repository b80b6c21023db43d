"""One example map with every kind of figure, and words of our own: the package itself holds none."""

from dataclasses import replace

from maps import SUPPRESSED, CountyMap, Figure, MapWords, county_codes

WORDS = MapWords(
    unit_label="单位：",
    no_data="无数据",
    suppressed="样本少，不公布",
    open_map="打开交互地图",
    close_map="关闭交互地图",
    loading="正在打开……",
    failed="地图没有打开，请稍后再试。",
    hint="方向键换县，回车键看该县，退出键关闭。",
    zoom_in="放大",
    zoom_out="缩小",
    attribution="行政区域界线：国家地理信息公共服务平台（天地图），审图号GS(2024)0650号。交互地图使用 Leaflet。",
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


EXAMPLE = CountyMap(
    name="needs",
    title="各县法律援助需求",
    unit="件",
    figures=figures(),
    county_names={code: f"第{code}县" for code in county_codes()},
    links={code: f"../counties/{code}/" for code in county_codes()},
)

HOSTILE_EXAMPLE = replace(
    EXAMPLE,
    name="hostile",
    title=HOSTILE,
    unit=HOSTILE,
    county_names=dict.fromkeys(county_codes(), HOSTILE),
)

HOSTILE_WORDS = MapWords(**dict.fromkeys(WORDS.__dataclass_fields__, HOSTILE))
