"""The forms as question lists for form services, to be imported or pasted: 问卷星, 腾讯收集表, 金山表单."""

from site_builder.kit.services.files import service_files

__all__ = ["service_files"]
