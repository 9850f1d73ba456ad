// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uploads/bucketstorage.h"

#include "core/uploads/awssignature.h"

#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace queuedeck::uploads {

using base::Sentence;

void BucketStorage::sign(net::HttpRequest& request) const
{
    signForBucket(request, m_key, m_place.region, m_clock.now());
}

QString BucketStorage::reasonIn(const net::HttpAnswer& answer) const
{
    QString code;
    QString message;
    QXmlStreamReader xml(answer.body);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        // Text within other elements is skipped, and so is a document that nests on purpose.
        if (xml.name() == "Code"_L1 && code.isEmpty())
            code = xml.readElementText(QXmlStreamReader::SkipChildElements);
        else if (xml.name() == "Message"_L1 && message.isEmpty())
            message = xml.readElementText(QXmlStreamReader::SkipChildElements);
    }
    return message.isEmpty() ? code : code + (code.isEmpty() ? u""_s : u": "_s) + message;
}

base::Sentence BucketStorage::advice(int status, const QString& reason) const
{
    if (reason.startsWith("RequestTimeTooSkewed"_L1))
        return Sentence::tr(" Check the clock of this computer.");
    if (status == 404)
        return Sentence::tr(" Check the name of the bucket and its address.");
    if (status == 400 || status == 403)
        return Sentence::tr(
            " Check the key (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or `queuedeckctl key "
            "store --pictures`), the region and what the key may do.");
    return {};
}

} // namespace queuedeck::uploads
