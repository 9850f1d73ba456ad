// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uploads/objectname.h"

#include <QRandomGenerator>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::uploads {

QString secretFileName(const QString& mediaType)
{
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), random.size());
    QString name;
    for (const quint32 part : random)
        name += QString::number(part, 16).rightJustified(8, u'0');
    const QString kind = mediaType.section(u'/', 1);
    return name + u'.' + (kind == "jpeg"_L1 ? u"jpg"_s : kind);
}

QString objectName(const QString& tenant, domain::ScanType type, const QString& mediaType,
                   const QDateTime& now)
{
    static const QRegularExpression kPlain(u"^[A-Za-z0-9_-]{1,64}$"_s);
    const QString owner = kPlain.match(tenant).hasMatch() ? tenant : u"queuedeck"_s;
    return u"%1/%2/%3-%4"_s.arg(owner, domain::scanTypeText(type),
                                QString::number(now.toMSecsSinceEpoch()),
                                secretFileName(mediaType));
}

} // namespace queuedeck::uploads
