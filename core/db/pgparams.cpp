// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/pgparams.h"

#include "core/db/rows.h"

namespace queuedeck::db {

namespace {
constexpr unsigned int kUnknownType = 0; // the server infers it
constexpr unsigned int kByteaType = 17;

QByteArray textForm(const QVariant& value)
{
    switch (value.typeId()) {
    case QMetaType::Bool: return value.toBool() ? "true" : "false";
    case QMetaType::Double: return QByteArray::number(value.toDouble(), 'g', 17);
    case QMetaType::QDateTime: return timeText(value.toDateTime()).toUtf8();
    case QMetaType::QByteArray: return value.toByteArray();
    default: return value.toString().toUtf8();
    }
}
} // namespace

PgParams::PgParams(const QStringList& names, const Params& params)
{
    m_buffers.reserve(size_t(names.size())); // the pointers must stay valid
    for (const QString& name : names) {
        const auto found = params.find(name);
        Q_ASSERT_X(found != params.end(), "PgParams", qPrintable(name));
        const QVariant value = found == params.end() ? QVariant() : found->second;
        // A null string is NULL, an empty one is not, as in QSqlQuery.
        const bool isNull =
            value.isNull() || (value.typeId() == QMetaType::QString && value.toString().isNull());
        const bool isBytes = value.typeId() == QMetaType::QByteArray;
        m_buffers.push_back(isNull ? QByteArray() : textForm(value));
        m_types.push_back(isBytes ? kByteaType : kUnknownType);
        m_values.push_back(isNull ? nullptr : m_buffers.back().constData());
        m_lengths.push_back(int(m_buffers.back().size()));
        m_formats.push_back(isBytes ? 1 : 0);
    }
}

} // namespace queuedeck::db
