// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/pictureskey.h"

#include "core/secrets/environment.h"
#include "core/secrets/secretstore.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Sentence;
using domain::UploadPlace;
using Kind = UploadPlace::Kind;

namespace {
constexpr const char* kBucketId = "AWS_ACCESS_KEY_ID";
constexpr const char* kBucketSecret = "AWS_SECRET_ACCESS_KEY";
constexpr const char* kBucketToken = "AWS_SESSION_TOKEN";
constexpr const char* kSupabase = "SUPABASE_SERVICE_ROLE_KEY";
constexpr const char* kCookie = "QUEUEDECK_APP_COOKIE";

bool isPrintable(const QString& text, char16_t first)
{
    return std::all_of(text.begin(), text.end(),
                       [first](QChar c) { return c.unicode() >= first && c.unicode() < 0x7F; });
}

base::Error noKey(const UploadPlace& place)
{
    switch (place.kind) {
    case Kind::Bucket:
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("There is no key for the bucket %1. Put it into AWS_ACCESS_KEY_ID and "
                         "AWS_SECRET_ACCESS_KEY, or keep it with `queuedeckctl key store "
                         "--pictures`. Nothing was uploaded.")
                .arg(place.bucket));
    case Kind::Supabase:
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("There is no service key for Supabase. Put it into "
                         "SUPABASE_SERVICE_ROLE_KEY, or keep it with `queuedeckctl key store "
                         "--pictures`. Nothing was uploaded."));
    default:
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("The application's upload route needs the cookie of a browser that is "
                         "signed in. Put it into QUEUEDECK_APP_COOKIE, or keep it with "
                         "`queuedeckctl key store --pictures`. Nothing was uploaded."));
    }
}

base::Result<uploads::UploadKey> bucketKey(const UploadPlace& place, const secrets::Found& found)
{
    uploads::UploadKey key;
    if (found.place == secrets::Place::Environment) {
        key.id = QString::fromUtf8(secrets::fromEnvironment(kBucketId).reveal());
        key.secret = found.secret;
        key.session = secrets::fromEnvironment(kBucketToken);
        if (key.id.isEmpty())
            return base::fail(
                ErrorKind::Denied,
                Sentence::tr("AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not. "
                             "Nothing was uploaded."));
        return key;
    }
    const QByteArrayView text = found.secret.reveal();
    const qsizetype colon = std::find(text.begin(), text.end(), ':') - text.begin();
    if (text.isEmpty() || colon == text.size())
        return noKey(place);
    key.id = QString::fromUtf8(text.first(colon));
    key.secret = base::Secret(text.sliced(colon + 1));
    return key;
}
} // namespace

base::Result<secrets::Entry> picturesEntry(const UploadPlace& place)
{
    const QString address = place.address.toString(QUrl::FullyEncoded);
    switch (place.kind) {
    case Kind::Bucket:
        return secrets::Entry::pictures(u"s3:%1/%2"_s.arg(address, place.bucket), kBucketSecret);
    case Kind::Supabase: return secrets::Entry::pictures(u"supabase:"_s + address, kSupabase);
    case Kind::Application:
        return secrets::Entry::pictures(
            u"app:"_s + place.address.toString(QUrl::RemovePath | QUrl::FullyEncoded), kCookie);
    default: break;
    }
    return base::fail(ErrorKind::Invalid,
                      Sentence::tr("No key is needed to put pictures into %1.").arg(place.text()));
}

base::Status checkPicturesKey(const QString& place, const QString& text)
{
    const auto parsed = UploadPlace::parse(place);
    if (!parsed)
        return parsed.error();
    const bool isCookie = parsed->kind == Kind::Application;
    if (!isPrintable(text, isCookie ? u' ' : u'!'))
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The key holds spaces or characters that no HTTP header can carry. "
                         "Nothing was kept."));
    if (isCookie && text.indexOf(u'=') < 1)
        return base::fail(ErrorKind::Invalid,
                          Sentence::tr("A cookie has the form NAME=VALUE. Nothing was kept."));
    if (parsed->kind == Kind::Bucket && (text.indexOf(u':') < 1 || text.section(u':', 1).isEmpty()))
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The key of a bucket has the form ACCESSKEYID:SECRET. Nothing was "
                         "kept."));
    return {};
}

base::Result<uploads::UploadKey> picturesKey(const UploadPlace& place)
{
    if (!place.needsKey())
        return uploads::UploadKey();
    const auto entry = picturesEntry(place);
    if (!entry)
        return entry.error();
    const auto found = secrets::SecretStore::shared().read(*entry).result();
    if (!found)
        return found.error();
    if (place.kind == Kind::Bucket)
        return bucketKey(place, *found);
    if (found->secret.isEmpty())
        return noKey(place);
    return uploads::UploadKey{{}, found->secret, {}};
}

} // namespace queuedeck::service
