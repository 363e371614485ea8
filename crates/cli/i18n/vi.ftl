# Những gì chương trình nói bằng tiếng Việt. `en.ftl` có cùng các khóa, cùng các tham số.

## Lỗi

error-label = lỗi:
next-label = gõ tiếp:
no-dir = nút nào? Nêu thư mục của nút bằng --dir THƯ_MỤC, hoặc đặt một lần bằng GIAPRANH_DIR
no-runtime = chương trình không chờ được dữ liệu vào ra
no-threads = chương trình không khởi động được các luồng xử lý
stdin-not-text = dữ liệu vào chuẩn (stdin) không phải văn bản UTF-8
file-not-there = không có tệp { $path }
file-not-ours = người dùng này không được đọc { $path }
file-not-understood = { $path }: { $why }
write-a-day = hãy ghi một ngày có thật, ví dụ 2020-10-29
http-status = Nút trả lời với mã HTTP { $status }.
node-not-running = nút tại { $dir } không chạy
node-of-another = nút tại { $dir } do người dùng khác chạy; hãy chạy lệnh này bằng tài khoản của người đó
node-broke-off = nút tại { $dir } dừng trước khi trả lời; chưa biết lệnh đã được chấp nhận hay chưa: hãy kiểm tra trước khi gửi lại
answer-cut = nút dừng giữa chừng khi đang trả lời; hãy hỏi lại
answer-not-understood = chương trình không hiểu câu trả lời của nút; hai bên có cùng phiên bản không?
request-not-written = không tạo được yêu cầu gửi nút
path-too-long = đường dẫn { $path } quá dài đối với socket; hãy dùng thư mục có đường dẫn ngắn hơn
not-a-node = { $dir } không phải thư mục của nút: thiếu node.toml
key-not-private = người khác đọc được { $path }; hãy đặt quyền riêng tư cho tệp
not-registrar = nút này thuộc { $unit }; chỉ nút của đơn vị giữ danh bạ ({ $registrar }) mới lập danh bạ
founded-already = danh bạ đã được lập (đầu danh bạ: { $head })
not-loopback = { $address } không phải địa chỉ nội bộ của máy (loopback); trang chỉ phục vụ trên chính máy này
log-absent = không có nhật ký tại { $path }
not-a-log = { $path } không phải nhật ký của chương trình này
log-exists = { $path } đã có; dữ liệu của một nút không bao giờ được tạo hai lần
log-busy = tiến trình khác đang ghi { $path }; hãy dừng tiến trình đó trước
before-the-first = trước thời điểm đó chưa có gì đến; nhật ký bắt đầu muộn hơn
beyond-the-end = nhật ký kết thúc ở vị trí { $head }; không có vị trí { $asked }
other-anchor = nhật ký tin đơn vị giữ danh bạ { $found }, điểm neo đã cho là { $given }: thuộc cụm khác, hoặc có người đã thay
own-tree-incomplete = nhật ký thiếu sự kiện do chính nút của nó phát ({ $tree }, chỉ số { $missing }), nên không dựng được cây
key-of-another-log = khóa này không phải khóa đã ký nhật ký của { $unit }; hãy cho đúng thư mục của nút
exists-already = { $path } đã có và không bị ghi đè; hãy chọn tên khác
views-were-wrong = phần hiển thị trước đó có giá trị băm { $digest }: không đúng với nhật ký; nay đã đúng

## Đăng nhập

no-home = chưa rõ giữ phiên đăng nhập ở đâu: chưa đặt HOME hay XDG_STATE_HOME
no-terminal = không có cửa sổ dòng lệnh để hỏi mật khẩu; hãy đưa mật khẩu vào stdin, một dòng, với --password-stdin
no-password = chưa có mật khẩu
password-again = Gõ lại lần nữa:
password-of = Mật khẩu của { $login }:
password-old = Mật khẩu hiện nay:
password-new = Mật khẩu mới:
password-not-text = nội dung đã gõ không phải văn bản UTF-8
passwords-differ = hai lần gõ không giống nhau; chưa thay đổi gì
broken-off = đã dừng; chưa làm gì
session-ended = phiên đăng nhập của { $login } đã kết thúc; hãy đăng nhập lại
session-unreadable = { $path } không phải phiên đăng nhập của chương trình này; hãy xóa tệp rồi đăng nhập lại
session-goes-on = chưa kết thúc được phiên ở nút; phiên tự kết thúc lúc { $until }
token-ended = mã truy cập trong { $path } không dùng được: đã hết hạn hoặc đã bị thu hồi
token-first = đang đặt GIAPRANH_TOKEN_FILE: mã truy cập đó được dùng thay cho phiên đăng nhập
file-no-token = { $path } không chứa mã truy cập
not-signed-in = chưa có ai đăng nhập
signed-in = đã đăng nhập: { $id } của { $unit }, muộn nhất đến { $until }
signed-out = { $login } đã đăng xuất
nobody-has-an-account = nút này chưa có tài khoản nào: chủ của socket làm mọi việc
password-to-change = phải đổi mật khẩu trước: { $line }
who-acts = cán bộ nào làm? Hãy đăng nhập; hoặc nêu cán bộ bằng --officer, khi nút chưa có tài khoản nào
who-acts-two = những cán bộ nào làm? Hãy đăng nhập; hoặc nêu cả hai bằng --drafted-by và --approved-by, khi nút chưa có tài khoản nào
who-releases = phải có cán bộ khác duyệt: ngay tại bàn này với --approved-by-login TÊN, hoặc bằng dự thảo (giapranh draft)
problem-invalid = Lệnh không hợp lệ
problem-not-found = Ở đây không có thứ được nêu
problem-forbidden = Đơn vị không được làm việc này
problem-conflict = Việc này trái với những gì đã xảy ra
again-in = Hãy thử lại sau { $wait }.

## Cán bộ và mã truy cập

account-made = { $login } đã có tài khoản: { $id }
account-changed = đã thay đổi { $login } ({ $id }); vai trò: { $roles }
account-disabled = đã khóa { $login } ({ $id }); các phiên và mã truy cập đã kết thúc
account-must-change = { $login } phải đổi mật khẩu khi đăng nhập lần đầu
account-is-disabled = đã khóa
account-is-locked = tạm khóa đến { $until }
account-is-new = phải đổi mật khẩu
no-such-officer = ở đây không có cán bộ nào có mã hay tên đăng nhập { $typed }
password-given = { $login } có mật khẩu khác, và phải đổi khi đăng nhập lần tới
password-changed = đã đổi mật khẩu; mọi phiên khác và mọi mã truy cập của bạn đã kết thúc
token-issued = mã truy cập { $id }, đến { $until }: không ai xem lại được. Nêu tệp chứa mã bằng { $variable }
token-left = không ghi được mã truy cập và cũng chưa kết thúc được: { $line }
token-revoked = mã truy cập { $id } đã kết thúc

## Quá trình của thông báo

content-not-here = ở đây chưa có nội dung của thông báo { $alert }
no-misused-identity = thông báo { $alert } không nêu người bị mạo danh nào
no-links = chưa ai nói { $alert } có liên quan đến thông báo khác
draft-open = đang có dự thảo về { $alert } (phiên bản { $version }); hãy làm tiếp, hoặc bỏ dự thảo đó
draft-no-content = dự thảo về { $alert } không có nội dung; hãy bỏ và viết dự thảo khác
draft-saved = { $alert }: đã giữ phiên bản { $version } của dự thảo
draft-to-submit = chưa trình ai duyệt: { $line }
draft-submitted = { $alert }: phiên bản { $version } của dự thảo chờ lãnh đạo duyệt
draft-returned = { $alert }: phiên bản { $version } của dự thảo được trả lại cho người soạn
draft-discarded = { $alert }: đã bỏ dự thảo, phiên bản { $version }
draft-changes-nothing = dự thảo không thay đổi gì
taken-out = (bỏ)
acknowledged-by = { $unit }: { $officer }, phiên bản { $version }, { $moment }
nobody = không ai
flagged-by = { $unit }, { $moment }: { $why }

## Tin phát hiện còn giữ

line-broke = nút dừng trước khi trả lời
hit-kept = { $why }. Tin phát hiện về { $alert } được giữ lại và chỉ gửi một lần: tự gửi sau lệnh thành công kế tiếp, hoặc gửi ngay
hit-not-kept = không giữ được tin phát hiện ({ $why }): hãy ghi lại
hit-of-another = tin do { $who } báo, phải do người đó gửi
hit-sent = đã gửi tin phát hiện còn giữ về { $alert }: sự kiện { $event }
hit-refused = tin phát hiện còn giữ về { $alert } bị từ chối: { $why }
hits-left = tin phát hiện còn giữ, chưa gửi: { $count } ({ $line })
hits-none = không còn giữ tin phát hiện nào
hits-not-all = chưa gửi được hết tin phát hiện còn giữ
hit-not-there = không giữ tin phát hiện { $key } nào
hit-became-sent = đã gửi, ở vị trí { $position }
hit-became-refused = bị từ chối: { $why }
hit-became-waits = còn chờ: { $why }

## Tra cứu

nothing-found = không tìm thấy; thử bớt từ, hoặc gõ bốn số cuối
too-many-found = còn nhiều nữa: hãy thu hẹp bằng --born, --sex, --place hoặc --category

## Việc đến hạn

nothing-due = không có việc gì đến hạn
urgent = { $what } (khẩn)
time-left = còn { $time }
time-over = quá hạn { $time }
time-escalated = quá hạn { $time }, đã báo lãnh đạo trực ban tỉnh
span-days = { $days } ngày { $hours } giờ
span-hours = { $hours } giờ { $minutes } phút
span-minutes = { $minutes } phút { $seconds } giây
span-seconds = { $seconds } giây

## Kiểm chứng

write-a-moment = hãy ghi một vị trí của nhật ký như 120, một thời điểm như 2024-05-31T14:00:00+07:00, hoặc một ngày
write-a-range = hãy ghi hai vị trí của nhật ký, số nhỏ trước, ví dụ 120..180
anchor-given = đúng như đã cho
anchor-of-log = do chính nhật ký nêu: chưa được chứng minh
anchor-of-file = do chính tệp nêu: chưa được chứng minh
anchor-no-key = 64 chữ số hex của điểm neo không phải khóa Ed25519
has-faults = { $file } có { $faults } sai lệch
checkpoint-not-confirmed = { $file } không xác nhận được mọi điểm kiểm đã cho
checkpoint-written = { $file }: { $tree }, { $events } sự kiện
verify-by-itself = --log-file dùng với điểm kiểm hoặc bằng chứng; tệp này tự kiểm chứng được
verify-own-checkpoints = --checkpoint đối chiếu với nhật ký; tệp chứng cứ có điểm kiểm của riêng mình
note-alone = { $file } là { $what }: một mình không chứng minh được gì. Hãy đối chiếu với nhật ký, hoặc kiểm chứng tệp chứng cứ kèm theo
note-checkpoint = một điểm kiểm
note-inclusion = một bằng chứng có mặt
note-consistency = một bằng chứng nhất quán
proof-another-event = KHÔNG, nhật ký có sự kiện khác ở chỉ số đó
proof-no-event = KHÔNG, nhật ký không có sự kiện ở chỉ số đó
proof-not-of-log = { $file } không chứng minh sự kiện nào của nhật ký
export-what = xuất gì?
evidence-of-log = { $unit } (kỷ { $epoch }, vị trí { $position })
evidence-events = { $count }, trong đó { $proven } nằm trong điểm kiểm đã ký
evidence-alert = mọi sự kiện về { $alert } có trong nhật ký
evidence-zone = mọi sự kiện của địa bàn { $zone } có trong nhật ký
evidence-range = vị trí { $from } đến { $to } của nhật ký
evidence-proof = các sự kiện có mặt trong cây; việc chúng nói về { $alert } là lời của bên xuất
evidence-growth = cây { $origin }/{ $epoch } chỉ dài thêm, từ { $from } đến { $to } sự kiện
diff-first = thứ nhất
diff-second = thứ hai
diff-same = cùng các sự kiện, hiển thị giống nhau
diff-forked = có người đã ký hai sự kiện dưới cùng một số: hãy giữ cả hai nhật ký làm chứng cứ
more-forks = … và { $count } chỗ rẽ nhánh khác
more-in-json = … và { $count } dòng nữa: --output json cho xem tất cả
no-loud = KHÔNG

## Cách ly và giữ chờ

from-the-file = nút không chạy; phần này đọc từ tệp nhật ký
message-left = tin { $id } đã rời đi cùng nội dung; giá trị băm và lý do được giữ lại
message-dropped = tin { $id } đã bỏ nội dung để lấy chỗ; giá trị băm và lý do được giữ lại
message-damaged = nội dung của tin { $id } có SHA-256 { $found }, không phải { $wanted }: nhật ký bị hỏng
message-missing = không có tin { $id } trong { $shelf } của { $log }
bytes-written = { $path }: { $size } byte, SHA-256 { $sha256 }
bytes-dropped = { $size }, đã bỏ để lấy chỗ
file-exists = { $path } đã có, và không tệp nào bị ghi đè
waits-for-key = danh bạ ghi danh khóa { $key }
waits-for-directory = đầu danh bạ { $head }
waits-for-place = số { $seq } của { $origin } trong { $zone } (kỷ { $epoch })
or = hoặc
dropped = đã bỏ
nothing = không có gì
shelf-none = không có tin nào như vậy; trong { $shelf } đang có, theo lý do: { $there }
became-at = { $outcome } ở vị trí { $position }
judged-was = { $moment }: trước là { $reason }, nay { $became }
judged-stayed = { $times } lần, lần cuối { $last }, vẫn ở lại
judged-nothing = không xét lại gì: ở đó không có tin nào
judged = đã xét lại { $count }, trong đó { $outcomes }

## Danh bạ

write-a-head = hãy ghi một ngày như 2025-02-28, hoặc một đầu danh bạ như head:12
write-until = hãy ghi hết một ngày như 2026-12-31, hoặc một thời điểm như 2026-12-31T14:00:00+07:00
write-a-hash = hãy ghi 64 chữ số hex
write-a-part = hãy ghi mã, tên và các thành viên: a=Vùng A:đơn-vị,đơn-vị
directory-not-yet = ngày { $day } danh bạ chưa có quyết định nào có hiệu lực
head-not-there = đầu danh bạ là { $head }; không có đầu { $asked }
head-of = { $head } (mới nhất là { $newest })
head-since = đầu danh bạ { $head } (hiệu lực từ { $day })
heads-same = { $first } và { $second } nói giống nhau
heads-differ = từ { $first } đến { $second }
epoch = kỷ { $n }
range-zones = mọi địa bàn của đơn vị
range-nowhere = không nơi nào
range-cluster = { $zones }, và toàn cụm
and-more = { $shown } và { $count } nữa
founders-of = { $keys }: { $count } trên { $of } cùng chỉ định đơn vị giữ danh bạ
unit-unknown = danh bạ không có đơn vị { $unit }
zone-unknown = khi đó danh bạ không có địa bàn { $zone }
unit-before = đến đầu danh bạ { $until }: { $name }, mã { $code }, thuộc { $parent }
key-of-epoch = { $key }, kỷ { $epoch }, từ đầu danh bạ { $head }
key-waits = chờ tỉnh xác nhận
key-cut = có giá trị đến chỉ số { $index } ({ $cause }, đầu danh bạ { $head })
key-void = không sự kiện nào có giá trị ({ $cause }, đầu danh bạ { $head })
without-effect = không: trái với danh bạ
pending-nothing = không có gì chờ
pending-confirmation = Các nút này chờ tỉnh xác nhận (giapranh directory confirm):
pending-cut = Các nút này đã đóng, và chưa có quyết định nào nói nhật ký của chúng kết thúc ở đó:
enrolled-already = nút của { $unit } đang có khóa kỷ { $epoch } còn giá trị: hãy cho đóng nút, hoặc nói khóa có giá trị đến đâu (giapranh directory revoke)
not-closed = nhật ký của nút này không có sự kiện đóng nút của { $unit } ở kỷ { $epoch }
no-node = theo danh bạ, { $unit } không có nút nào có giá trị
change-empty = thay đổi thứ { $number } không có nội dung
decision-missing = theo quyết định nào? Hãy nêu bằng --decision NỘI_DUNG, hoặc trong tệp
nodes-not-closed = các nút này kết thúc ở bước này nhưng sự kiện đóng nút chưa đến đây: { $units }. Hãy cho đóng từng nút và chờ; nút nào không đóng được nữa thì --last-known lấy những gì có ở đây
step-contradicts = bước này trái với danh bạ
signatures = chữ ký: { $count }
proposal-of-a-registrar = bản này chỉ định đơn vị giữ danh bạ, không phải các đơn vị sáng lập: nút được chỉ định tự công bố
directory-taken = nút này giữ danh bạ từ đầu { $head }
no-such-request = ở đây không có đề nghị { $event } nào đang chờ
coverage = { $count } trên { $of } đường giáp ranh giữa các tỉnh không thuộc địa bàn chung nào
node-closed = nút không ký gì nữa bằng khóa này. Để có khóa mới, dừng nút và gõ: giapranh node rotate; để giao cho đơn vị kế thừa: giapranh node handover
key-put-aside = khóa cũ là { $path }: hãy hủy khi danh bạ ở mọi nơi đã nói khóa có giá trị đến đâu
taken-over = nhật ký của { $unit }, { $events } sự kiện, trong đó { $appended } sự kiện mới ở đây, được giữ tại { $kept }
taken-refused = { $count } sự kiện không qua cửa kiểm tra và nằm trong phần cách ly

## Máy chủ

rendered = { $servers }: theo danh bạ ở đầu { $head }
rendered-same = không có gì thay đổi
file-changed = đã thay đổi: { $path }
file-written = đã ghi: { $path }
server-reloaded = { $server } đã nhận cấu hình mới
directory-not-whole = danh bạ chưa có nút bên cạnh máy chủ; khi danh bạ đến đủ, máy chủ sẽ theo
server-lacks = máy chủ { $server } không chạy được khi thiếu { $files }
server-gone = máy chủ không còn được giữ chạy
no-such-server = sơ đồ không có máy chủ { $server }; có { $there }

## Tiến độ

progress = { $what } { $done } trên { $total } ({ $percent } %)
progress-timed = { $what } { $done } trên { $total } ({ $percent } %), đã { $elapsed }, còn khoảng { $remaining }
progress-elapsed = { $what } { $done } trên { $total } ({ $percent } %), đã { $elapsed }

## Câu

accepted = { $alert }: sự kiện { $event } ở vị trí { $position }, gửi đến { $zones }
accepted-event = sự kiện { $event } ở vị trí { $position }, gửi đến { $zones }
founded = đã lập danh bạ: { $units } đơn vị, { $zones } địa bàn giáp ranh và { $nodes } nút trong { $events } sự kiện
attested-by = bằng giấy nhận ở vị trí { $position }, lập lúc { $moment }
attested-not = chưa có giấy nhận nào
backed-up = { $file } chứa nhật ký đến vị trí { $position }
is-registrar = nút này giữ danh bạ; các nút khác được tạo với { $path }
more = còn nữa: --after { $next }
node-away = nút đang vắng; chờ nút trở lại
node-back = nút đã trở lại
log-restored = nhật ký này kết thúc trước vị trí { $position }: không phải nhật ký đang theo dõi, hoặc đã được khôi phục; theo dõi tiếp sau vị trí { $after }
rebuilt = đã dựng lại từ { $events } sự kiện đến vị trí { $position }: { $digest }, { $compared }
rebuilt-first = chưa có gì để so sánh
rebuilt-same = giống như trước
rebuilt-different = KHÔNG giống như trước
hits-open = { $hits } ({ $open } chưa trả lời)
report-not-here = tin chưa đến đây; câu trả lời thì đã đến
reported-by = { $moment }, { $unit }
answer-none = chưa có
yes = có

## Tự phục hồi

delivery-of-others = mọi sự kiện ở đây về { $alert } do đơn vị khác gửi: hãy hỏi đơn vị đó ai đang giữ
delivery-newest = sự kiện mới nhất của { $alert } đã đến { $held } trên { $all } nút
held-by-who-left = { $since }, nay không còn quyền
not-yet-held = chưa
no-auditor-key = khóa của thanh tra có 64 chữ số thập lục phân
keys-granted = đã cấp { $keys } khóa trong { $file }
no-access = chưa ai xem
nothing-unusual = không có gì bất thường
said-erased = khóa đã hủy: không đọc được nữa
erasure-by-time = hết thời hạn lưu giữ
erasure-status = { $alert }: { $ground }, { $since }; { $done } trên { $all } nút đã xóa
not-yet-erased = chưa
tail-is = sự kiện của nút này: { $state }
tail-is-because = sự kiện của nút này: { $state } ({ $reason })
no-peers = không nút nào khác đọc địa bàn của nút này
heard-ago = { $seconds } giây trước
never-heard = chưa lần nào
see-forks = có nút đã ký hai sự kiện cùng một số: { $line }
no-forks = chưa phát hiện phân nhánh nào
no-fork-of = chưa phát hiện phân nhánh nào của { $unit }
decided-by = { $moment }, { $officer }: { $reason }
cut-after = có giá trị đến chỉ số { $index } (đầu danh bạ { $head })
cut-whole = không sự kiện nào của kỷ có giá trị (đầu danh bạ { $head })
restored = nhật ký của { $unit } đã được đặt lại, đến vị trí { $position }
restored-next = nút chưa ký gì cho đến khi đọc xong luồng và nghe được các nút khác: { $line }
epoch-begun = từ nay { $unit } ký ở kỷ { $epoch }; sự kiện của kỷ trước tìm lại được là đến muộn

## Việc thường làm

task-first-node = Tạo nút đầu tiên, nút giữ danh bạ, và chạy nút
task-same-node = Nêu nút một lần cho mọi lệnh trong cửa sổ dòng lệnh này
task-sign-in = Đăng nhập, xem việc đến hạn, đăng xuất
task-accounts = Lập tài khoản đầu tiên, của người quản trị, rồi của các cán bộ
task-draft = Viết dự thảo, trình lãnh đạo duyệt
task-approve = Xem dự thảo đang chờ, duyệt hoặc trả lại
task-acknowledge = Tiếp nhận thông báo khẩn, hoặc báo đơn vị không thực hiện được
task-hit-lost = Gửi tin phát hiện còn giữ vì đường truyền hỏng
task-token = Cho một chương trình làm thay cán bộ
task-issue = Ban hành thông báo khi hai cán bộ cùng một bàn: lấy mẫu, viết nội dung, phát hành
task-watch = Theo dõi tin trực tiếp, hoặc liệt kê thông báo đang có hiệu lực
task-report-hit = Báo tin phát hiện đối tượng, phương tiện nêu trong thông báo
task-answer-hit = Trả lời tin phát hiện về thông báo của mình; mã của tin có trong phần hiển thị
task-withdraw = Thu hồi thông báo (đình nã) sau khi bắt được
task-verify = Kiểm chứng nhật ký, kể cả bản sao trên USB, theo điểm neo tin cậy
task-enrol = Cho nút của một đơn vị tham gia: yêu cầu, quyết định ghi danh, tỉnh xác nhận
task-directory-then = Xem danh bạ vào một ngày, và những gì đã thay đổi từ đó
task-rotate = Cho nút khóa mới
task-zone-request = Đề nghị vào địa bàn của đơn vị bạn, và chấp thuận
task-delivery = Xem đơn vị nào đã có thông báo, và nút nghe được những nút nào
task-lost-log = Đặt lại nhật ký bị mất và để các nút khác bù phần thiếu
task-late = Tiếp tục ở kỷ mới, và thừa nhận sự kiện đến muộn
task-fork = Xem nhật ký phân nhánh, và quyết định
task-servers = Dựng các máy chủ NATS, và chạy một máy chủ theo danh bạ
