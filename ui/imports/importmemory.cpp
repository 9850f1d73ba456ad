// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/importmemory.h"

#include <QCryptographicHash>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
// Names of columns may be personal, so the settings hold a digest of all of them as the key.
QString keyOf(domain::ImportTarget target, const QStringList& columns)
{
    const QByteArray all =
        (domain::importTargetText(target) + u'\n' + columns.join(u'\n')).toUtf8();
    return u"imports/"_s +
           QString::fromLatin1(
               QCryptographicHash::hash(all, QCryptographicHash::Sha256).toHex().left(24));
}
} // namespace

std::optional<EarlierMapping> earlierMapping(domain::ImportTarget target,
                                             const QStringList& columns)
{
    QSettings settings;
    settings.beginGroup(keyOf(target, columns));
    EarlierMapping earlier;
    earlier.day = settings.value("day"_L1).toDate();
    for (const domain::ImportField& field : domain::importFields(target)) {
        bool isOne = false;
        const int column = settings.value(field.name).toInt(&isOne);
        if (isOne && column > 0 && column <= columns.size())
            earlier.columns[field.name] = columns[column - 1];
    }
    return earlier.day.isValid() ? std::optional(earlier) : std::nullopt;
}

void rememberMapping(domain::ImportTarget target, const QStringList& columns,
                     const QMap<QString, QString>& mapping)
{
    QSettings settings;
    settings.beginGroup(keyOf(target, columns));
    settings.setValue("day"_L1, QDate::currentDate());
    for (auto field = mapping.begin(); field != mapping.end(); ++field)
        settings.setValue(field.key(), field->isEmpty() ? 0 : int(columns.indexOf(*field)) + 1);
}

} // namespace queuedeck::ui
