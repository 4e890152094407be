"""What this room tells people."""

from mashang.notices.kinds import kind

CODE = kind(
    "account.code",
    "短信验证码",
    "您的验证码是 {code}，{minutes} 分钟内有效。工会工作人员不会向您要验证码，请不要告诉任何人。",
)
PHONE_CHANGED = kind(
    "account.phone_changed",
    "登录手机号已更换",
    "您的登录手机号已更换。如果不是您本人办理，请立即拨打工会服务热线 {hotline}。",
)
NEW_DEVICE = kind(
    "account.new_device",
    "账号在新设备上登录",
    "您的账号刚刚在一台新设备上登录。如果不是您本人，请到“登录设备”里结束它，并联系工会。",
    by_sms=False,
)
ENROL = kind(
    "staff.enrol",
    "启用码",
    "您的工会工作台账号已可启用，启用码 {code}，{days} 天内有效。请本人在工作台登录页点“用启用码开通账号”。不管谁向您要启用码，都不要给。",
)
STAFF_CLOSED = kind(
    "staff.closed",
    "工作台账号已停用",
    "您的工会工作台账号已被停用，所有设备已退出。有疑问请拨打工会服务热线 {hotline}。",
)
STAFF_RESET = kind(
    "staff.reset",
    "工作台登录已重置",
    "您的工会工作台登录已由管理员重置，所有设备已退出。如果您没有提出过，请立即拨打工会服务热线 {hotline}。",
)
PASSWORD_KNOWN = kind(
    "staff.password_known",
    "有人知道您的密码",
    "今天有人多次输对您的工作台密码、输错动态口令，没有进去。请在常用的电脑上更换密码；不是您本人的，请拨打工会服务热线 {hotline}。",
)
