// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/namedsql.h"

#include <QByteArray>

#include <vector>

namespace queuedeck::db {

/// The values of a statement in the form libpq expects: text whose type PostgreSQL infers from the
/// context, bytes in binary, NULL as a null pointer.
class PgParams
{
public:
    PgParams(const QStringList& names, const Params& params);
    // The pointers point into m_buffers.
    PgParams(const PgParams&) = delete;
    PgParams& operator=(const PgParams&) = delete;

    int count() const { return int(m_values.size()); }
    const unsigned int* types() const { return m_types.data(); }
    const char* const* values() const { return m_values.data(); }
    const int* lengths() const { return m_lengths.data(); }
    const int* formats() const { return m_formats.data(); }

private:
    std::vector<QByteArray> m_buffers;
    std::vector<unsigned int> m_types;
    std::vector<const char*> m_values;
    std::vector<int> m_lengths;
    std::vector<int> m_formats;
};

} // namespace queuedeck::db
