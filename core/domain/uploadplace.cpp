// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/uploadplace.h"

#include <QDir>
#include <QRegularExpression>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::ErrorKind;
using base::Sentence;
using Kind = UploadPlace::Kind;

namespace {
const QString kUsualCardRoute = u"/api/scan/business-card"_s;
const QString kUsualLicenseRoute = u"/api/scan/license"_s;
const QString kUsualRegion = u"us-east-1"_s;
const QString kServedPath = u"/pictures"_s; // of `queuedeckctl serve --pictures`
constexpr qsizetype kLongestText = 1000;

base::Error invalid(const Sentence& sentence)
{
    return base::fail(ErrorKind::Invalid, sentence);
}

bool isLoopback(const QUrl& url)
{
    static const QRegularExpression kThisComputer(
        u"^((.+\\.)?localhost|127(\\.\\d{1,3}){3}|::1)$"_s);
    return kThisComputer.match(url.host().toLower()).hasMatch();
}

QString withoutSlashAtEnd(QString path)
{
    while (path.endsWith(u'/'))
        path.chop(1);
    return path;
}

QUrl withPath(QUrl url, const QString& path)
{
    url.setPath(path, QUrl::DecodedMode);
    return url;
}

/// A web address that pictures are fetched from or sent to.
base::Result<QUrl> webAddress(const QString& text, const Sentence& what, bool isForKey)
{
    QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.hasFragment() ||
        (url.scheme() != "https"_L1 && url.scheme() != "http"_L1))
        return invalid(
            Sentence::tr("%1 is not a web address such as https://host.example.").arg(what));
    if (!url.userInfo().isEmpty())
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr(
                "%1 holds a user name or password. Leave it out: keys come from the environment or "
                "the keychain.")
                .arg(what));
    if (isForKey && url.scheme() == "http"_L1 && !isLoopback(url))
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("%1 begins with http: and names another computer, so the key would "
                         "cross the network in the clear. Use https.")
                .arg(what));
    url.setPath(withoutSlashAtEnd(url.path()));
    return url;
}

/// The options after "?", each at most once and known.
base::Result<QHash<QString, QString>> optionsIn(const QString& query, const QStringList& known)
{
    QHash<QString, QString> options;
    for (const auto& [name, value] : QUrlQuery(query).queryItems(QUrl::FullyDecoded)) {
        if (!known.contains(name) || options.contains(name) || value.isEmpty())
            return invalid(
                Sentence::tr("\"%1\" after the \"?\" is not one of %2, each once and with a value.")
                    .arg(name.left(40), known.join(u", "_s)));
        options[name] = value;
    }
    return options;
}

base::Result<UploadPlace> folderPlace(const QString& rest)
{
    const QString example = u"folder:/srv/cards?public=https://jobs.example/pictures"_s;
    const qsizetype mark = rest.lastIndexOf(u"?public="_s);
    UploadPlace place{.kind = Kind::Folder,
                      .folder = withoutSlashAtEnd(mark < 0 ? rest : rest.left(mark))};
    if (!QDir::isAbsolutePath(place.folder) || place.folder.contains(QChar(0)))
        return invalid(
            Sentence::tr("A folder for pictures needs its whole path, as in %1.").arg(example));
    if (mark < 0)
        return invalid(
            Sentence::tr("A folder for pictures needs the address that it is served at, as in %1.")
                .arg(example));
    auto address = webAddress(rest.sliced(mark + 8), Sentence::tr("The public address"), false);
    if (!address)
        return address.error();
    if (address->hasQuery())
        return invalid(Sentence::tr("The public address of a folder cannot have a \"?\"."));
    if (address->path().isEmpty())
        address->setPath(kServedPath);
    place.folder = QDir::cleanPath(place.folder);
    place.publicAddress = *address;
    return place;
}

QString regionOf(const QUrl& address)
{
    static const QRegularExpression kAmazon(
        u"^s3[.-](?:dualstack\\.)?([a-z]{2}(?:-[a-z]+)+-\\d)\\.amazonaws\\.com(?:\\.cn)?$"_s);
    const auto match = kAmazon.match(address.host());
    return match.hasMatch() ? match.captured(1) : kUsualRegion;
}

base::Result<UploadPlace> bucketPlace(const QString& rest)
{
    const QString example = u"s3:https://s3.eu-central-1.amazonaws.com/BUCKET"_s;
    static const QRegularExpression kBucket(u"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"_s);
    static const QRegularExpression kPrefix(u"^([A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*)?$"_s);
    static const QRegularExpression kRegion(u"^[A-Za-z0-9-]{1,40}$"_s);
    auto address = webAddress(rest, Sentence::tr("The address of the bucket"), true);
    if (!address)
        return address.error();
    const auto options = optionsIn(address->query(), {u"region"_s, u"style"_s, u"public"_s});
    if (!options)
        return options.error();
    address->setQuery(QString());
    UploadPlace place{.kind = Kind::Bucket};
    place.bucket = address->path().section(u'/', 1, 1);
    place.prefix = address->path().section(u'/', 2);
    if (!kBucket.match(place.bucket).hasMatch() || place.bucket.contains(u".."_s))
        return invalid(
            Sentence::tr(
                "The address of a bucket ends with its name: 3 to 63 small letters, digits "
                "and \"-\", as in %1.")
                .arg(example));
    if (!kPrefix.match(place.prefix).hasMatch() || place.prefix.contains(u".."_s))
        return invalid(
            Sentence::tr("What follows the bucket's name may hold letters, digits, \".\", \"_\", "
                         "\"-\" and \"/\" only."));
    place.address = withPath(*address, {});
    place.region = options->value(u"region"_s, regionOf(place.address));
    if (!kRegion.match(place.region).hasMatch())
        return invalid(Sentence::tr("region is the name of a region, such as eu-central-1."));
    // A wildcard certificate does not cover names with dots.
    const bool isAmazon = place.address.host().contains("amazonaws.com"_L1);
    const QString style = options->value(
        u"style"_s, isAmazon && !place.bucket.contains(u'.') ? u"host"_s : u"path"_s);
    if (style != "path"_L1 && style != "host"_L1)
        return invalid(
            Sentence::tr("style is path (https://HOST/BUCKET) or host (https://BUCKET.HOST)."));
    place.isPathStyle = style == "path"_L1;
    if (options->contains(u"public"_s)) {
        const auto open =
            webAddress(options->value(u"public"_s), Sentence::tr("The public address"), false);
        if (!open)
            return open.error();
        if (open->hasQuery())
            return invalid(Sentence::tr("The public address of a bucket cannot have a \"?\"."));
        place.publicAddress = *open;
    }
    return place;
}

base::Result<UploadPlace> supabasePlace(const QString& rest)
{
    static const QRegularExpression kBucket(u"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$"_s);
    const auto address = webAddress(rest, Sentence::tr("The address of Supabase"), true);
    if (!address)
        return address.error();
    const QString bucket = address->path().section(u'/', -1);
    if (address->hasQuery() || !kBucket.match(bucket).hasMatch())
        return invalid(
            Sentence::tr("The address of a Supabase bucket is that of the project and the bucket's "
                         "name, as in supabase:https://PROJECT.supabase.co/BUCKET."));
    UploadPlace place{.kind = Kind::Supabase, .bucket = bucket};
    place.address = withPath(*address, withoutSlashAtEnd(address->path().chopped(bucket.size())));
    return place;
}

base::Result<UploadPlace> applicationPlace(const QString& rest)
{
    auto address = webAddress(rest, Sentence::tr("The address of the application"), true);
    if (!address)
        return address.error();
    const auto options = optionsIn(address->query(), {u"licenses"_s});
    if (!options)
        return options.error();
    address->setQuery(QString());
    UploadPlace place{.kind = Kind::Application, .address = *address};
    if (place.address.path().isEmpty())
        place.address.setPath(kUsualCardRoute);
    place.licenseRoute = options->value(u"licenses"_s, kUsualLicenseRoute);
    if (!place.licenseRoute.startsWith(u'/') || place.licenseRoute.contains(u'?'))
        return invalid(
            Sentence::tr("licenses is the path of the route for liquor licenses, such as %1.")
                .arg(kUsualLicenseRoute));
    return place;
}
} // namespace

base::Result<UploadPlace> UploadPlace::parse(const QString& text)
{
    const QString spelled = text.trimmed();
    if (spelled == "table"_L1)
        return UploadPlace();
    const QString kind = spelled.section(u':', 0, 0);
    const QString rest = spelled.mid(kind.size() + 1);
    if (spelled.size() <= kLongestText) {
        if (kind == "folder"_L1)
            return folderPlace(rest);
        if (kind == "s3"_L1)
            return bucketPlace(rest);
        if (kind == "supabase"_L1)
            return supabasePlace(rest);
        if (kind == "app"_L1)
            return applicationPlace(rest);
    }
    // What was given may hold a key, so it is not repeated.
    return invalid(Sentence::tr(
        "Pictures can be put into table, folder:PATH?public=URL, s3:https://HOST/BUCKET, "
        "supabase:https://PROJECT.supabase.co/BUCKET or app:https://app.example."));
}

QString UploadPlace::text() const
{
    const auto encoded = [](const QUrl& url) { return url.toString(QUrl::FullyEncoded); };
    switch (kind) {
    case Kind::Table: return u"table"_s;
    case Kind::Folder: return u"folder:%1?public=%2"_s.arg(folder, encoded(publicAddress));
    case Kind::Supabase: return u"supabase:%1/%2"_s.arg(encoded(address), bucket);
    case Kind::Application: return u"app:%1?licenses=%2"_s.arg(encoded(address), licenseRoute);
    case Kind::Bucket: break;
    }
    QString spelled = u"s3:%1/%2"_s.arg(encoded(address), bucket);
    if (!prefix.isEmpty())
        spelled += u'/' + prefix;
    spelled += u"?region=%1&style=%2"_s.arg(region, isPathStyle ? u"path"_s : u"host"_s);
    return publicAddress.isEmpty() ? spelled : spelled + u"&public="_s + encoded(publicAddress);
}

QUrl UploadPlace::objectUrl(const QString& name) const
{
    const QString base = address.path();
    if (kind == Kind::Supabase)
        return withPath(address, u"%1/storage/v1/object/%2/%3"_s.arg(base, bucket, name));
    if (isPathStyle)
        return withPath(address, u"%1/%2/%3"_s.arg(base, bucket, name));
    QUrl url = withPath(address, u"%1/%2"_s.arg(base, name));
    url.setHost(bucket + u'.' + url.host());
    return url;
}

QString UploadPlace::publicUrl(const QString& name) const
{
    QUrl url;
    if (!publicAddress.isEmpty())
        url = withPath(publicAddress, u"%1/%2"_s.arg(publicAddress.path(), name));
    else if (kind == Kind::Supabase)
        url = withPath(address,
                       u"%1/storage/v1/object/public/%2/%3"_s.arg(address.path(), bucket, name));
    else
        url = objectUrl(name);
    return url.toString(QUrl::FullyEncoded);
}

QUrl UploadPlace::routeFor(ScanType type) const
{
    return type == ScanType::BusinessCard ? address : withPath(address, licenseRoute);
}

base::Status checkPlace(const UploadPlace& place, const UploadSurroundings& around)
{
    if (around.mode == QueueMode::Own || !around.othersWork || place.kind == Kind::Application)
        return {};
    if (place.kind == Kind::Table)
        return base::fail(ErrorKind::Denied,
                          Sentence::tr("Another processor works on this table: it would take the "
                                       "job and could not read the "
                                       "picture, which only Queuedeck can while it is kept in "
                                       "Queuedeck's own table. Choose "
                                       "where pictures are put (--to), or say that no other "
                                       "processor works here (--alone). "
                                       "Nothing was uploaded."));
    if (!around.isLocalDatabase && isLoopback(QUrl(place.publicUrl(u"x"_s))))
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr(
                "Pictures would get an address on this computer (%1), where a processor on another "
                "one cannot fetch them. Give the address that others reach: ?public=https://… "
                "Nothing "
                "was uploaded.")
                .arg(QUrl(place.publicUrl(u"x"_s)).host()));
    return {};
}

} // namespace queuedeck::domain
