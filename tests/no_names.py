"""What people write where a name is asked for, and is no name of one person."""

# What is no name of one person, each with why.
NO_NAMES = {
    "待定": "name-vacant",
    "（空缺）": "name-vacant",
    "暂无": "name-vacant",
    "新任": "name-vacant",
    "司法所": "name-post",
    "村支书": "name-post",
    "王主任": "name-post",
    "王某某": "name-masked",
    "王*": "name-masked",
    "张○": "name-masked",
    "张●玉": "name-masked",
    "王□": "name-damaged",
    "王?": "name-damaged",
    "王?五": "name-damaged",
    "王五、赵六": "name-several",
    "王敏 李强": "name-several",
    "王敏\n李强": "name-several",
    "王敏和李强": "name-several",
    "王敏（代）": "name-annotated",
    "王敏主任": "name-annotated",
    "王\ue863": "cell-foreign",
    "王1": "name-unlike",
    "王": "name-unlike",
    "长" * 16: "name-unlike",
}
