// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/registered.h"

#include <QUuid>

namespace queuedeck::db {

namespace {
QString freshName()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}
} // namespace

Registered::Registered(const QString& driver)
    : m_name(freshName())
    , m_database(std::make_unique<QSqlDatabase>(QSqlDatabase::addDatabase(driver, m_name)))
{
}

Registered::Registered(QSqlDriver* driver)
    : m_name(freshName())
    , m_database(std::make_unique<QSqlDatabase>(QSqlDatabase::addDatabase(driver, m_name)))
{
}

Registered::~Registered()
{
    if (!m_database) // moved away
        return;
    m_database->close();
    m_database.reset();
    QSqlDatabase::removeDatabase(m_name);
}

} // namespace queuedeck::db
