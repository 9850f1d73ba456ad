// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

namespace queuedeck::db {

/// Which statements a session of our own has prepared on its server: those that come again and
/// again, so that they are taken apart and looked up in the catalog once. Plans are still made for
/// each set of values (plan_cache_mode), since one for all values may scan a table that has grown.
/// Behind a pooler the session changes between two statements, and nothing is prepared.
class PgPrepared
{
public:
    struct Statement
    {
        QByteArray name; ///< tells the text, so that no session can have another one of this name
        int uses = 0;
        bool isOnServer = false;
    };

    /// In a fresh session.
    void allow() { m_isAllowed = true; }
    /// Forgets all, until it is allowed again.
    void forbid();
    /// Counts a use; whether this statement comes often enough. Never while it is not allowed.
    bool isWorthIt(const QString& sql);
    /// One that is worth it.
    Statement& statement(const QString& sql) { return m_statements[sql]; }

private:
    QHash<QString, Statement> m_statements;
    bool m_isAllowed = false;
};

} // namespace queuedeck::db
