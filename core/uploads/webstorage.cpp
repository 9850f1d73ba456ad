// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uploads/webstorage.h"

#include "core/base/visibletext.h"
#include "core/net/httpclient.h"
#include "core/uploads/objectname.h"

using namespace Qt::StringLiterals;

namespace queuedeck::uploads {

using base::ErrorKind;
using base::Sentence;
using net::HttpFault;

namespace {
constexpr std::chrono::seconds kPutWithin(60); // 20 MB at 3 Mbit/s
constexpr std::chrono::seconds kRemoveWithin(15);
constexpr std::chrono::seconds kRemoveWhenStopped(2);
constexpr qsizetype kLongestReason = 300;
} // namespace

WebStorage::WebStorage(domain::UploadPlace place, UploadKey key, const base::Clock& clock)
    : m_place(std::move(place))
    , m_key(std::move(key))
    , m_clock(clock)
{
}

QString WebStorage::where() const
{
    return u"%1 on %2"_s.arg(m_place.bucket, m_place.address.host());
}

tl::expected<net::HttpAnswer, net::HttpError> WebStorage::send(net::HttpRequest request) const
{
    sign(request);
    return net::HttpClient().send(request);
}

base::Error WebStorage::refused(const net::HttpAnswer& answer) const
{
    // A service may repeat what it was sent.
    QString reason = reasonIn(answer).simplified().left(kLongestReason);
    if (!m_key.secret.isEmpty())
        reason.replace(QString::fromUtf8(m_key.secret.reveal()), u"…"_s);
    const Sentence sentence =
        reason.isEmpty()
            ? Sentence::tr("The bucket %1 answered %2.").arg(where()).arg(answer.status)
            : Sentence::tr("The bucket %1 answered %2, %3.")
                  .arg(where())
                  .arg(answer.status)
                  .arg(base::visibleText(reason.endsWith(u'.') ? reason.chopped(1) : reason));
    const bool mayWorkLater = answer.status == 429 || answer.status == 408 || answer.status >= 500;
    return base::fail(mayWorkLater ? ErrorKind::Unreachable : ErrorKind::Denied,
                      sentence + advice(answer.status, reason));
}

base::Error WebStorage::unanswered(const net::HttpError& error) const
{
    if (error.fault == HttpFault::Redirected)
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("The bucket %1 is somewhere else (%2), and the picture is not sent on. "
                         "Check its address and region.")
                .arg(where())
                .arg(error.status));
    return base::fail(error.error.kind,
                      Sentence::tr("The bucket %1: %2").arg(where(), error.error.detail));
}

base::Error WebStorage::afterCleaning(const base::Error& why, const StoredPicture& picture) const
{
    const bool isStopped = why.kind == ErrorKind::Cancelled; // somebody waits for the end
    if (removeWithin(isStopped ? kRemoveWhenStopped : kRemoveWithin, picture))
        return why;
    return base::fail(
        why.kind,
        why.detail +
            Sentence::tr(" The picture may be there nevertheless, as %1.").arg(picture.name));
}

base::Result<StoredPicture> WebStorage::put(const OutgoingPicture& picture,
                                            const std::stop_token& stop)
{
    const QString key = objectName(picture.tenant, picture.type, picture.mediaType, m_clock.now());
    const QString name = m_place.prefix.isEmpty() ? key : m_place.prefix + u'/' + key;
    const StoredPicture stored{name, m_place.publicUrl(name)};
    net::HttpRequest request;
    request.method = putMethod();
    request.url = m_place.objectUrl(name);
    request.headers = {{"content-type", picture.mediaType.toLatin1()}};
    request.body = picture.bytes;
    request.deadline = kPutWithin;
    request.stop = stop;
    const auto answer = send(std::move(request));
    if (!answer) {
        const base::Error why = unanswered(answer.error());
        // A redirect is an answer too, and it says that nothing was stored.
        const bool isUncertain =
            answer.error().isSent && answer.error().fault != HttpFault::Redirected;
        return isUncertain ? afterCleaning(why, stored) : why;
    }
    if (answer->status == 200 || answer->status == 201)
        return stored;
    const base::Error why = refused(*answer);
    return answer->status >= 500 || answer->status < 300 ? afterCleaning(why, stored) : why;
}

base::Status WebStorage::remove(const StoredPicture& picture)
{
    return removeWithin(kRemoveWithin, picture);
}

base::Status WebStorage::removeWithin(std::chrono::milliseconds time,
                                      const StoredPicture& picture) const
{
    net::HttpRequest request;
    request.method = "DELETE";
    request.url = m_place.objectUrl(picture.name);
    request.deadline = time;
    const auto answer = send(std::move(request));
    if (!answer)
        return unanswered(answer.error());
    if (answer->status / 100 == 2 || isMissing(*answer))
        return {};
    return refused(*answer);
}

} // namespace queuedeck::uploads
