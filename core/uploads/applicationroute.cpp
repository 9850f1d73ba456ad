// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uploads/applicationroute.h"

#include "core/base/visibletext.h"
#include "core/domain/jsontext.h"
#include "core/net/httpclient.h"
#include "core/uploads/objectname.h"

#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace queuedeck::uploads {

using base::ErrorKind;
using base::Sentence;

namespace {
constexpr std::chrono::seconds kWithin(120); // it stores the picture before it answers
constexpr qsizetype kLongestReason = 300;

// A name can close the quotes it stands in, or add lines, so only harmless characters are kept.
QByteArray nameInForm(const QString& fileName, const QString& mediaType)
{
    static const QRegularExpression kOthers(u"[^A-Za-z0-9._ -]+"_s);
    QString name = fileName;
    name.replace(kOthers, u"-"_s);
    const QString ending = secretFileName(mediaType).section(u'.', -1);
    return (name.left(100).section(u'.', 0, -2) + u'.' + ending).toLatin1();
}

QByteArray formOf(const OutgoingPicture& picture, const QString& fileName,
                  const QByteArray& boundary)
{
    const QByteArray line = "\r\n";
    const QByteArray part = "--" + boundary + line + "Content-Disposition: form-data; name=";
    return part + "\"scanType\"" + line + line + domain::scanTypeText(picture.type).toLatin1() +
           line + part + "\"image\"; filename=\"" + nameInForm(fileName, picture.mediaType) + '"' +
           line + "Content-Type: " + picture.mediaType.toLatin1() + line + line + picture.bytes +
           line + "--" + boundary + "--" + line;
}

/// "scanId", or the id of what was made.
QString scanIdIn(const QJsonObject& object)
{
    for (const QJsonValue& value :
         {QJsonValue(object["scanId"_L1]), QJsonValue(object["scan"_L1]["id"_L1]),
          QJsonValue(object["id"_L1])}) {
        if (!value.toString().isEmpty())
            return value.toString().left(100);
    }
    return {};
}

QString reasonIn(const QJsonObject& object)
{
    const QJsonValue error = object["error"_L1];
    QString reason =
        error.isObject() ? error.toObject()["message"_L1].toString() : error.toString();
    if (reason.isEmpty())
        reason = object["message"_L1].toString();
    return base::visibleText(reason.simplified().left(kLongestReason));
}

const Sentence kSessionEnded = Sentence::tr(
    " The session has probably ended: sign in with a browser and give its cookie again "
    "(QUEUEDECK_APP_COOKIE, or `queuedeckctl key store --pictures`).");
const Sentence kMayBeThere =
    Sentence::tr(" The picture may have arrived: look before you upload it again.");
} // namespace

base::Result<domain::ScanId> ApplicationRoute::upload(const OutgoingPicture& picture,
                                                      const QString& fileName,
                                                      const std::stop_token& stop) const
{
    if (picture.bytes.size() > kMostApplicationBytes)
        return base::fail(ErrorKind::Invalid,
                          Sentence::tr("%1 has %2 bytes; the application accepts %3 (5 MB).")
                              .arg(fileName)
                              .arg(picture.bytes.size())
                              .arg(kMostApplicationBytes));
    const QByteArray boundary = "queuedeck-" + secretFileName(u"x/x"_s).left(32).toLatin1();
    net::HttpRequest request;
    request.method = "POST";
    request.url = m_place.routeFor(picture.type);
    request.headers = {{"content-type", "multipart/form-data; boundary=" + boundary}};
    request.secretHeaders = {{"cookie", m_key.secret}};
    request.body = formOf(picture, fileName, boundary);
    request.deadline = kWithin;
    request.stop = stop;
    const auto answer = net::HttpClient().send(request);
    const QString host = request.url.host();
    if (!answer) {
        const net::HttpError& error = answer.error();
        if (error.fault == net::HttpFault::Redirected)
            return base::fail(
                ErrorKind::Denied,
                Sentence::tr("The application %1 did not take the picture but redirected (%2).")
                        .arg(host)
                        .arg(error.status) +
                    kSessionEnded);
        return base::fail(error.error.kind, Sentence::tr("The application %1: %2%3")
                                                .arg(host, error.error.detail,
                                                     error.isSent ? kMayBeThere : Sentence()));
    }
    const auto document = domain::parseJson(answer->text(), {});
    const QJsonObject object = document ? document->object() : QJsonObject();
    if (answer->status / 100 == 2) {
        const QString scan = scanIdIn(object);
        if (!scan.isEmpty())
            return domain::ScanId{scan};
        return base::fail(
            ErrorKind::Unsupported,
            Sentence::tr("The application %1 answered %2 without the id of a scan, so this is not "
                         "its upload route.")
                    .arg(host)
                    .arg(answer->status) +
                kMayBeThere);
    }
    const QString reason = reasonIn(object);
    const Sentence sentence =
        reason.isEmpty() ? Sentence::tr("The application %1 answered %2 and gave no reason.")
                               .arg(host)
                               .arg(answer->status)
                         : Sentence::tr("The application %1 answered %2, %3.")
                               .arg(host)
                               .arg(answer->status)
                               .arg(reason.endsWith(u'.') ? reason.chopped(1) : reason);
    switch (answer->status) {
    case 401:
    case 403: return base::fail(ErrorKind::Denied, sentence + kSessionEnded);
    case 404:
    case 405:
        return base::fail(ErrorKind::Denied,
                          sentence + Sentence::tr(" Check the path of its upload route."));
    case 400:
    case 413:
    case 415:
    case 422: return base::fail(ErrorKind::Invalid, sentence); // this picture
    default:
        return base::fail(ErrorKind::Unreachable,
                          answer->status >= 500 ? sentence + kMayBeThere : sentence);
    }
}

} // namespace queuedeck::uploads
