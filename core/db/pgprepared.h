// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

namespace queuedeck::db {

/// Which statements an unshared session has prepared on its server: frequent ones, so that they are
/// parsed and analyzed once. They are still planned for each set of values (plan_cache_mode), since
/// a generic plan may scan a table that has grown. Behind a pooler the session can change between
/// two statements, so nothing is prepared.
class PgPrepared
{
public:
    struct Statement
    {
        QByteArray name; ///< derived from the text, so it names the same statement in every session
        int uses = 0;
        bool isOnServer = false;
    };

    /// Call in a fresh session.
    void allow() { m_isAllowed = true; }
    /// Forgets everything; nothing is prepared until allow().
    void forbid();
    /// Counts a use; returns whether the statement is frequent enough. False while forbidden.
    bool isWorthIt(const QString& sql);
    /// Only for statements that are worth it.
    Statement& statement(const QString& sql) { return m_statements[sql]; }

private:
    QHash<QString, Statement> m_statements;
    bool m_isAllowed = false;
};

} // namespace queuedeck::db
