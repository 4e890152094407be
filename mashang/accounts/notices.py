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
