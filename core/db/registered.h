// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlDatabase>

#include <memory>

namespace queuedeck::db {

/// A connection of Qt SQL, which has a name in its registry as long as it lives.
class Registered
{
public:
    explicit Registered(const QString& driver);
    /// With a driver of our own, which becomes the connection's.
    explicit Registered(QSqlDriver* driver);
    ~Registered();
    Registered(Registered&&) = default;
    QSqlDatabase* operator->() const { return m_database.get(); }

private:
    QString m_name;
    std::unique_ptr<QSqlDatabase> m_database;
};

} // namespace queuedeck::db
