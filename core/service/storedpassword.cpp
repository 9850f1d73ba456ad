// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/storedpassword.h"

#include "core/async/deliver.h"
#include "core/secrets/secretstore.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
secrets::Entry entryOf(const db::DatabaseUrl& url)
{
    return secrets::Entry::databasePassword(url.user, url.host, url.port, url.database);
}
} // namespace

bool addStoredPassword(db::DatabaseUrl& url, const base::Error& refused)
{
    if (refused.kind != base::ErrorKind::Denied || url.dialect != db::Dialect::Postgres ||
        !url.password.isEmpty())
        return false;
    auto reading = secrets::SecretStore::shared().read(entryOf(url));
    reading.waitForFinished();
    const auto found = async::resultOf(reading);
    if (!found || found->secret.isEmpty())
        return false;
    url.password = QString::fromUtf8(found->secret.reveal());
    return true;
}

void keepPassword(const db::DatabaseUrl& url)
{
    if (url.dialect == db::Dialect::Postgres && !url.password.isEmpty())
        secrets::SecretStore::shared().write(entryOf(url), base::Secret(url.password.toUtf8()));
}

} // namespace queuedeck::service
