// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/picturereach.h"

#include "core/domain/scan.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

PictureReach::PictureReach()
    : m_beginnings{kStoredImageScheme + u':'}
{
}

PictureReach PictureReach::web(const QStringList& hosts)
{
    PictureReach reach;
    reach.m_beginnings += u"https://"_s;
    for (const QString& host : hosts) {
        const QString place = u"http://"_s + host.toLower();
        reach.m_beginnings += place + u'/';
        // A host without a port is allowed on every port.
        if (!host.contains(u':') || host.endsWith(u']'))
            reach.m_beginnings += place + u':';
    }
    return reach;
}

PictureReach PictureReach::everything()
{
    PictureReach reach;
    reach.m_beginnings = QStringList{QString(u""_s)};
    return reach;
}

bool PictureReach::covers(const QString& imageUrl) const
{
    return std::any_of(m_beginnings.begin(), m_beginnings.end(), [&](const QString& beginning) {
        return imageUrl.startsWith(beginning, Qt::CaseInsensitive);
    });
}

bool waitsForAPicture(const JobDetail& detail, const PictureReach& reach)
{
    if (detail.job.status != JobStatus::Pending || detail.job.type != "image_extraction"_L1)
        return false;
    const QJsonValue url = QJsonDocument::fromJson(detail.payload).object().value("imageUrl"_L1);
    return !url.isUndefined() && !url.isNull() && !reach.covers(url.toVariant().toString());
}

} // namespace queuedeck::domain
