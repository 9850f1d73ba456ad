// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlDatabase>

#include <memory>

namespace queuedeck::db {

/// A Qt SQL connection, registered under a name for as long as it lives.
class Registered
{
public:
    explicit Registered(const QString& driver);
    /// With our own driver, which the connection takes over.
    explicit Registered(QSqlDriver* driver);
    ~Registered();
    Registered(Registered&&) = default;
    QSqlDatabase* operator->() const { return m_database.get(); }

private:
    QString m_name;
    std::unique_ptr<QSqlDatabase> m_database;
};

} // namespace queuedeck::db
