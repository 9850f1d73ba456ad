// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/rows.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

namespace {
bool isWholeNumber(const QString& text)
{
    bool ok = false;
    text.toLongLong(&ok);
    return ok;
}

// Turns PostgreSQL's "+00" and "+0530" into "+00:00" and "+05:30", which QDateTime reads.
QString withColonInZone(QString text)
{
    const qsizetype sign = std::max(text.lastIndexOf(u'+'), text.lastIndexOf(u'-'));
    if (sign > 10) {
        const qsizetype digits = text.size() - sign - 1;
        if (digits == 2)
            text += u":00"_s;
        else if (digits == 4)
            text.insert(sign + 3, u':');
    }
    return text;
}
} // namespace

QDateTime parseTime(const QVariant& value)
{
    if (value.isNull())
        return {};
    if (value.typeId() == QMetaType::QDateTime)
        return value.toDateTime().toUTC();
    const QString text = value.toString();
    if (value.typeId() == QMetaType::LongLong || value.typeId() == QMetaType::Int ||
        isWholeNumber(text))
        return QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC);
    if (text.endsWith("BC"_L1))
        return {};
    QString iso = text;
    if (iso.size() > 10 && iso[10] == u' ')
        iso[10] = u'T';
    QDateTime time = QDateTime::fromString(withColonInZone(iso), Qt::ISODateWithMs);
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC); // a column without a zone holds UTC
    return time.toUTC();
}

QString timeText(const QDateTime& time)
{
    return time.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s) + u"+00:00"_s;
}

Rows::Rows(size_t columns, std::vector<QVariant> cells, qint64 changed)
    : m_columns(columns)
    , m_cells(std::move(cells))
    , m_changed(changed)
{
}

QString Rows::Row::text(int column) const
{
    const QVariant& cell = value(column);
    switch (cell.typeId()) { // common types first: QVariant's conversion lookup is slow
    case QMetaType::QString: return *static_cast<const QString*>(cell.constData());
    case QMetaType::LongLong: return QString::number(*static_cast<const qint64*>(cell.constData()));
    default: return cell.isNull() ? QString() : cell.toString();
    }
}

QByteArray Rows::Row::bytes(int column) const
{
    const QVariant& cell = value(column);
    return cell.typeId() == QMetaType::QByteArray ? cell.toByteArray() : cell.toString().toUtf8();
}

std::optional<int> Rows::Row::optionalInteger(int column) const
{
    const QVariant& cell = value(column);
    bool isNumber = false; // SQLite can store text in any column
    const qint64 number = cell.toLongLong(&isNumber);
    constexpr qint64 kMost = std::numeric_limits<int>::max();
    return cell.isNull() || !isNumber ? std::nullopt
                                      : std::optional(int(qBound(-kMost, number, kMost)));
}

bool Rows::Row::boolean(int column) const
{
    const QVariant& cell = value(column);
    if (cell.typeId() == QMetaType::QString) // PostgreSQL's text form
        return cell.toString() == "t"_L1 || cell.toString() == "1"_L1;
    return cell.toBool();
}

} // namespace queuedeck::db
