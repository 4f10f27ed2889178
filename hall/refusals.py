"""The sentences of every refusal, Vietnamese then English. `words.py` is how they are read.

Each says what happened and what to do now. REFUSALS stand alone; DETAILED are fuller and are used
when the refusal brings all the facts they name, the first that fits.
"""

REFUSALS: dict[str, tuple[str, str]] = {
    # what was sent is not right
    "malformed": (
        "Nội dung gửi đến không đúng mẫu nên chưa được nhận. Vui lòng thử lại hoặc báo cán bộ hướng dẫn.",
        "What was sent is not in the right form and was not accepted. Please try again or tell the guide.",
    ),
    "unknown_key": (
        "Nội dung gửi đến có mục lạ nên chưa được nhận. Vui lòng bỏ mục đó rồi gửi lại.",
        "What was sent has an entry this hall does not know. Please leave it out and send again.",
    ),
    "missing_key": (
        "Nội dung gửi đến còn thiếu mục bắt buộc. Vui lòng điền đủ rồi gửi lại.",
        "What was sent lacks a required entry. Please fill it in and send again.",
    ),
    "wrong_type": (
        "Có mục điền không đúng kiểu. Vui lòng kiểm tra và điền lại.",
        "An entry has the wrong kind of value. Please check it and send again.",
    ),
    "too_long": (
        "Nội dung quá dài. Vui lòng viết ngắn lại rồi gửi lại.",
        "The text is too long. Please shorten it and send again.",
    ),
    "bad_text": (
        "Nội dung có ký tự không dùng được. Vui lòng xóa các ký tự lạ và gõ lại.",
        "The text has characters that cannot be used. Please remove them and type it again.",
    ),
    "too_large": (
        "Nội dung gửi đến quá lớn nên không được nhận. Vui lòng gửi ít hơn.",
        "What was sent is too large and was not accepted. Please send less.",
    ),
    "key_required": (
        "Yêu cầu lấy số còn thiếu mã chống trùng. Vui lòng thử lại từ đầu.",
        "The request lacks its Idempotency-Key. Please send one and try again.",
    ),
    "key_reused": (
        "Mã chống trùng này đã dùng cho một yêu cầu khác. Vui lòng thử lại từ đầu.",
        "This Idempotency-Key was already used for a different request. Please try again with a new one.",
    ),
    "key_too_long": (
        "Mã chống trùng không hợp lệ. Vui lòng dùng mã từ 1 đến 64 ký tự.",
        "The Idempotency-Key is not valid. Please use 1 to 64 characters.",
    ),
    "misdirected": (
        "Địa chỉ truy cập không thuộc hệ thống này. Vui lòng mở lại bằng đúng địa chỉ của trung tâm.",
        "This address is not served here. Please open the page with the centre's own address.",
    ),
    "not_found": (
        "Không tìm thấy trang này. Vui lòng kiểm tra lại địa chỉ hoặc quay về trang đầu.",
        "This page does not exist. Please check the address or go back to the start.",
    ),
    "method_not_allowed": (
        "Việc này không thực hiện được theo cách vừa gửi. Vui lòng quay lại trang trước và thử lại.",
        "This address does not take that kind of request. Please go back and try again.",
    ),
    # who is asking
    "unauthenticated": (
        "Chưa xác nhận được người dùng hoặc thiết bị. Vui lòng đăng nhập lại.",
        "We do not know who is asking. Please log in again.",
    ),
    "forbidden": (
        "Tài khoản hoặc thiết bị này không được phép làm việc đó. Vui lòng liên hệ người phụ trách.",
        "This account or device may not do that. Please ask the person in charge.",
    ),
    "csrf": (
        "Trang này đã mở quá lâu nên chưa thực hiện được. Vui lòng tải lại trang rồi làm lại.",
        "This page is out of date, so nothing was done. Please reload it and try again.",
    ),
    "login_failed": (
        "Tên đăng nhập hoặc mật khẩu không đúng. Vui lòng kiểm tra và nhập lại.",
        "The name or the password is not right. Please check and enter them again.",
    ),
    "session_ended": (
        "Phiên làm việc đã kết thúc. Vui lòng đăng nhập lại để tiếp tục.",
        "Your session has ended. Please log in again to go on.",
    ),
    "rate_limited": (
        "Có quá nhiều lần thử trong thời gian ngắn. Vui lòng chờ một lát rồi thử lại.",
        "Too many tries in a short time. Please wait a moment and try again.",
    ),
    # things this hall does not have
    "unknown_hall": (
        "Không có phòng tiếp nhận này. Vui lòng kiểm tra lại địa chỉ.",
        "There is no such hall. Please check the address.",
    ),
    "unknown_procedure": (
        "Trung tâm không có thủ tục này. Vui lòng chọn lại hoặc hỏi cán bộ hướng dẫn.",
        "This centre does not have that procedure. Please choose again or ask the guide.",
    ),
    "unknown_priority": (
        "Không có diện ưu tiên này. Vui lòng chọn lại hoặc hỏi cán bộ hướng dẫn.",
        "There is no such priority group. Please choose again or ask the guide.",
    ),
    "unknown_counter": (
        "Không có quầy này. Vui lòng kiểm tra lại số quầy.",
        "There is no such counter. Please check its number.",
    ),
    "unknown_queue": (
        "Không có hàng chờ này. Vui lòng chọn lại.",
        "There is no such queue. Please choose again.",
    ),
    "unknown_ticket": (
        "Hôm nay không có số thứ tự này. Vui lòng xem lại phiếu hoặc lấy số mới.",
        "There is no such ticket today. Please look at the slip again or take a new number.",
    ),
    # taking a number
    "hall_closed": (
        "Trung tâm hiện chưa phát số. Mời ông bà quay lại trong giờ làm việc.",
        "No numbers are given out now. Please come back during opening hours.",
    ),
    "quota_reached": (
        "Hôm nay lĩnh vực này đã nhận đủ số lượt. Mời ông bà quay lại vào ngày làm việc tiếp theo.",
        "All places in this field are taken for today. Please come back on the next working day.",
    ),
    "procedure_unavailable": (
        "Thủ tục này hiện tạm ngừng tiếp nhận. Mời ông bà hỏi cán bộ hướng dẫn.",
        "This procedure is not being received at present. Please ask the guide.",
    ),
    "void_too_late": (
        "Đã quá thời gian hủy số tại máy. Mời ông bà gặp cán bộ hướng dẫn để được hủy số.",
        "It is too late to void the number at the kiosk. Please ask the guide to cancel it.",
    ),
    "no_printer": (
        "Hiện không in được phiếu. Xin ông bà ghi nhớ số trên màn hình; số vẫn có giá trị.",
        "No slip can be printed now. Please remember the number on the screen; it is valid.",
    ),
    # calling and serving
    "queue_empty": (
        "Không còn công dân nào đang chờ quầy này. Vui lòng chờ người lấy số tiếp theo.",
        "Nobody is waiting for this counter. Please wait for the next citizen.",
    ),
    "counter_closed": (
        "Quầy đang đóng. Vui lòng mở quầy trước rồi làm tiếp.",
        "The counter is closed. Please open it first.",
    ),
    "counter_paused": (
        "Quầy đang tạm dừng. Vui lòng mở lại quầy rồi làm tiếp.",
        "The counter is paused. Please open it again first.",
    ),
    "still_serving": (
        "Quầy còn một công dân chưa xong. Vui lòng hoàn tất, tạm giữ hoặc chuyển số đó trước.",
        "This counter still has a citizen. Please finish, hold or transfer that ticket first.",
    ),
    "counter_taken": (
        "Quầy này đang có người khác phụ trách. Vui lòng chọn quầy khác hoặc xác nhận nhận thay.",
        "Somebody else holds this counter. Please choose another, or confirm that you take it over.",
    ),
    "at_other_counter": (
        "Tài khoản này đang phụ trách một quầy khác. Vui lòng đóng quầy đó trước hoặc xác nhận chuyển quầy.",
        "You hold another counter. Please close it first, or confirm that you move.",
    ),
    "not_your_counter": (
        "Đây không phải quầy đang được giao. Vui lòng nhận quầy này trước rồi làm tiếp.",
        "You do not hold this counter. Please take it first.",
    ),
    "not_your_ticket": (
        "Số này đang ở quầy khác. Vui lòng liên hệ quầy đó hoặc gọi số tiếp theo.",
        "This ticket is at another counter. Please speak to that counter or call the next number.",
    ),
    "wrong_state": (
        "Việc này không hợp với tình trạng hiện tại của số. Vui lòng xem lại số trên màn hình.",
        "That does not fit the ticket's present state. Please look at the ticket again.",
    ),
    "recall_limit": (
        "Số này đã được gọi đủ số lần. Vui lòng ghi nhận vắng mặt nếu công dân chưa đến.",
        "This number has been called as often as allowed. Please mark a no-show if nobody came.",
    ),
    "reason_required": (
        "Cần có lý do. Vui lòng chọn hoặc ghi lý do.",
        "A reason is needed. Please choose or write one.",
    ),
    "outcome_required": (
        "Cần có kết quả giải quyết. Vui lòng chọn kết quả trước khi hoàn tất.",
        "An outcome is needed. Please choose one before finishing.",
    ),
    "bad_dossier": (
        "Mã hồ sơ không đúng mẫu. Vui lòng nhập như ví dụ: H27.10.12-260814-0001.",
        "The dossier code is not in the right form. Please enter it like H27.10.12-260814-0001.",
    ),
    "bad_date": (
        "Ngày không hợp lệ. Vui lòng chọn lại ngày.",
        "The date is not valid. Please choose it again.",
    ),
    "same_place": (
        "Số này đã ở đúng nơi muốn chuyển đến. Vui lòng chọn nơi khác.",
        "The ticket is already in that place. Please choose another.",
    ),
    "no_counter": (
        "Cần chọn quầy cho việc này. Vui lòng nhận một quầy trước rồi làm lại.",
        "This needs a counter. Please take one first and try again.",
    ),
    # when the hub cannot
    "cannot_store": (
        "Hệ thống tạm thời chưa lưu được nên việc vừa rồi chưa thực hiện. Vui lòng thử lại sau ít phút.",
        "The change could not be stored, so nothing was done. Please try again in a few minutes.",
    ),
    "internal": (
        "Việc vừa rồi chưa thực hiện được vì có trục trặc. Vui lòng thử lại hoặc báo người phụ trách.",
        "Something went wrong here. Please try again; if it happens again, tell the person in charge.",
    ),
}

DETAILED: dict[str, tuple[tuple[str, str], ...]] = {
    "unknown_key": (
        (
            "Nội dung gửi đến có mục lạ “{key}”. Vui lòng dùng mục “{did_you_mean}” rồi gửi lại.",
            "There is no entry “{key}”. Did you mean “{did_you_mean}”? Please correct it and send again.",
        ),
        (
            "Nội dung gửi đến có mục lạ “{key}”. Vui lòng bỏ mục đó rồi gửi lại.",
            "The entry “{key}” is not known here. Please leave it out and send again.",
        ),
    ),
    "missing_key": (
        (
            "Nội dung gửi đến còn thiếu mục “{key}”. Vui lòng điền đủ rồi gửi lại.",
            "The entry “{key}” is missing. Please fill it in and send again.",
        ),
    ),
    "wrong_type": (
        (
            "Mục “{key}” điền không đúng kiểu. Vui lòng kiểm tra và điền lại.",
            "The entry “{key}” has the wrong kind of value. Please check it and send again.",
        ),
    ),
    "too_long": (
        (
            "Mục “{key}” quá dài, nhiều nhất là {limit} ký tự. Vui lòng viết ngắn lại rồi gửi lại.",
            "The entry “{key}” is too long: at most {limit} characters. Please shorten it and send again.",
        ),
        (
            "Nội dung quá dài, nhiều nhất là {limit} ký tự. Vui lòng viết ngắn lại rồi gửi lại.",
            "The text is too long: at most {limit} characters. Please shorten it and send again.",
        ),
    ),
    "bad_text": (
        (
            "Mục “{key}” có ký tự không dùng được. Vui lòng xóa các ký tự lạ và gõ lại.",
            "The entry “{key}” has characters that cannot be used. Please remove them and type it again.",
        ),
    ),
    "rate_limited": (
        (
            "Có quá nhiều lần thử trong thời gian ngắn. Vui lòng chờ {seconds} giây rồi thử lại.",
            "Too many tries in a short time. Please wait {seconds} s and try again.",
        ),
    ),
    "unknown_counter": (
        (
            "Không có quầy số {counter}. Vui lòng kiểm tra lại số quầy.",
            "There is no counter {counter}. Please check its number.",
        ),
    ),
    "hall_closed": (
        (
            "Trung tâm hiện chưa phát số. Mời ông bà lấy số từ {opens}.",
            "No numbers are given out now. Please come from {opens} on.",
        ),
    ),
    "still_serving": (
        (
            "Số {number} còn đang ở quầy này. Vui lòng hoàn tất, tạm giữ hoặc chuyển số đó trước.",
            "Ticket {number} is still at this counter. Please finish, hold or transfer it first.",
        ),
    ),
    "counter_taken": (
        (
            "Quầy {counter} đang do {holder} phụ trách. Vui lòng chọn quầy khác hoặc xác nhận nhận thay.",
            "Counter {counter} is held by {holder}. Please choose another, or confirm that you take it over.",
        ),
        (
            "Quầy {counter} đang có người khác phụ trách. Vui lòng chọn quầy khác hoặc xác nhận nhận thay.",
            "Somebody else holds counter {counter}. Please choose another, or confirm that you take it over.",
        ),
    ),
    "at_other_counter": (
        (
            "Tài khoản này đang giữ quầy {counter}. Vui lòng đóng quầy đó trước hoặc xác nhận chuyển quầy.",
            "You hold counter {counter}. Please close it first, or confirm that you move.",
        ),
    ),
    "not_your_ticket": (
        (
            "Số này đang ở quầy {counter}. Vui lòng liên hệ quầy đó hoặc gọi số tiếp theo.",
            "This ticket is at counter {counter}. Please speak to that counter or call the next number.",
        ),
        (
            "Số {number} đang ở quầy khác. Vui lòng liên hệ quầy đó hoặc gọi số tiếp theo.",
            "Ticket {number} is at another counter. Please speak to that counter or call the next number.",
        ),
    ),
    "wrong_state": (
        (
            "Việc này không thực hiện được vì số {number} {state}. Vui lòng xem lại số trên màn hình.",
            "That cannot be done: ticket {number} is {state}. Please look at the ticket again.",
        ),
        (
            "Việc này không thực hiện được vì số này {state}. Vui lòng xem lại số trên màn hình.",
            "That cannot be done: the ticket is {state}. Please look at the ticket again.",
        ),
    ),
    "recall_limit": (
        (
            "Số này đã được gọi lại đủ {limit} lần. Vui lòng ghi nhận vắng mặt nếu công dân chưa đến.",
            "This number has been recalled {limit} times, as often as allowed. Please mark a no-show.",
        ),
        (
            "Số này vừa được gọi. Vui lòng chờ {wait_seconds} giây rồi gọi lại.",
            "This number has just been called. Please wait {wait_seconds} s before calling again.",
        ),
    ),
    "counter_closed": (
        (
            "Quầy {counter} đang đóng. Vui lòng mở quầy trước rồi làm tiếp.",
            "Counter {counter} is closed. Please open it first.",
        ),
    ),
    "counter_paused": (
        (
            "Quầy {counter} đang tạm dừng. Vui lòng mở lại quầy rồi làm tiếp.",
            "Counter {counter} is paused. Please open it again first.",
        ),
    ),
    "not_your_counter": (
        (
            "Quầy {counter} không phải quầy đang được giao. Vui lòng nhận quầy này trước rồi làm tiếp.",
            "You do not hold counter {counter}. Please take it first.",
        ),
    ),
}
