// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/pgprepared.h"

#include <QCryptographicHash>

namespace queuedeck::db {

namespace {
// Most statements of a window are built from a filter and run once or twice; an engine has about
// ten, which run all day.
constexpr int kUsesWorthPreparing = 3;
constexpr qsizetype kMostStatements = 200;

QByteArray nameFor(const QString& sql)
{
    return "queuedeck_" + QCryptographicHash::hash(sql.toUtf8(), QCryptographicHash::Sha1).toHex();
}
} // namespace

void PgPrepared::forbid()
{
    m_isAllowed = false;
    m_statements.clear();
}

bool PgPrepared::isWorthIt(const QString& sql)
{
    if (!m_isAllowed)
        return false;
    if (m_statements.size() >= kMostStatements && !m_statements.contains(sql)) {
        m_statements.removeIf([](const auto& each) { return !each->isOnServer; });
        if (m_statements.size() >= kMostStatements)
            return false;
    }
    Statement& known = m_statements[sql];
    if (++known.uses < kUsesWorthPreparing)
        return false;
    if (known.name.isEmpty())
        known.name = nameFor(sql);
    return true;
}

} // namespace queuedeck::db
