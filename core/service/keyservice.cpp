// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/keyservice.h"

#include "core/alerts/webhook.h"
#include "core/base/sentence.h"
#include "core/db/databaseurl.h"
#include "core/remote/endpointaddress.h"
#include "core/secrets/newkey.h"
#include "core/secrets/secretstore.h"
#include "core/service/pictureskey.h"

#include <QPromise>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Result;
using base::Secret;
using base::Sentence;
using secrets::Entry;

namespace {
Result<Entry> entryOf(const KeyPurpose& purpose)
{
    switch (purpose.kind) {
    case KeyPurpose::Kind::OwnKey: return Entry::ownKey();
    case KeyPurpose::Kind::ClaudeKey: return Entry::claudeKey();
    case KeyPurpose::Kind::PicturesKey: {
        const auto place = domain::UploadPlace::parse(purpose.of);
        return place ? picturesEntry(*place) : Result<Entry>(place.error());
    }
    case KeyPurpose::Kind::ProcessorKey: {
        const auto url = remote::endpointUrl(purpose.of);
        return url ? Result<Entry>(Entry::processorKey(QUrl(*url))) : Result<Entry>(url.error());
    }
    case KeyPurpose::Kind::WebhookAddress: return Entry::webhookAddress(purpose.of);
    case KeyPurpose::Kind::WebhookKey: return Entry::webhookKey(purpose.of);
    case KeyPurpose::Kind::DatabasePassword: break;
    }
    const auto url = db::DatabaseUrl::parse(purpose.of);
    if (!url)
        return url.error();
    if (url->dialect != db::Dialect::Postgres)
        return base::fail(ErrorKind::Invalid, Sentence::tr("A SQLite file has no password."));
    return Entry::databasePassword(url->user, url->host, url->port, url->database);
}

template <class T>
QFuture<Result<T>> failed(const base::Error& error)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(Result<T>(error));
    promise.finish();
    return promise.future();
}

KeyInfo info(secrets::Place place, const QString& sentence, const Entry& entry)
{
    switch (place) {
    case secrets::Place::Environment:
        return {KeyInfo::Source::Environment, QString::fromLatin1(entry.variable), sentence};
    case secrets::Place::Keychain: return {KeyInfo::Source::Keychain, {}, sentence};
    case secrets::Place::ThisRunOnly: return {KeyInfo::Source::ThisRunOnly, {}, sentence};
    case secrets::Place::None: break;
    }
    return {KeyInfo::Source::None, {}, sentence};
}

base::Status checkText(const KeyPurpose& purpose, const QString& text)
{
    if (text.isEmpty())
        return base::fail(ErrorKind::Invalid, Sentence::tr("The key is empty. Nothing was kept."));
    if (purpose.kind == KeyPurpose::Kind::PicturesKey)
        return checkPicturesKey(purpose.of, text);
    if (purpose.kind == KeyPurpose::Kind::WebhookAddress)
        return alerts::checkWebhookAddress(text);
    if (purpose.kind != KeyPurpose::Kind::DatabasePassword &&
        !std::all_of(text.begin(), text.end(),
                     [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7F; }))
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The key holds spaces or characters that no HTTP header can carry. "
                         "Nothing was kept."));
    return {};
}
} // namespace

// The store's answer is converted on the store's thread; on Qt 6.4, a continuation with a context
// object would not outlive that object.
QFuture<Result<KeyInfo>> KeyService::look(const KeyPurpose& purpose) const
{
    const auto entry = entryOf(purpose);
    if (!entry)
        return failed<KeyInfo>(entry.error());
    return secrets::SecretStore::shared().read(*entry).then(
        [entry = *entry](const Result<secrets::Found>& found) -> Result<KeyInfo> {
            if (!found)
                return found.error();
            return info(found->place, found->sentence, entry);
        });
}

QFuture<Result<KeyInfo>> KeyService::store(const KeyPurpose& purpose, const QString& text)
{
    const auto entry = entryOf(purpose);
    if (!entry)
        return failed<KeyInfo>(entry.error());
    QString taken = text;
    if (purpose.kind != KeyPurpose::Kind::DatabasePassword)
        taken = taken.trimmed();
    if (const base::Status checked = checkText(purpose, taken); !checked)
        return failed<KeyInfo>(checked.error());
    return secrets::SecretStore::shared()
        .write(*entry, Secret::takenFrom(taken))
        .then([entry = *entry](const Result<secrets::Kept>& kept) -> Result<KeyInfo> {
            if (!kept)
                return kept.error();
            return info(kept->place, kept->sentence, entry);
        });
}

QFuture<Result<KeyInfo>> KeyService::forget(const KeyPurpose& purpose)
{
    const auto entry = entryOf(purpose);
    if (!entry)
        return failed<KeyInfo>(entry.error());
    return secrets::SecretStore::shared().remove(*entry).then(
        [](const Result<secrets::Kept>& gone) -> Result<KeyInfo> {
            if (!gone)
                return gone.error();
            return KeyInfo{KeyInfo::Source::None, {}, gone->sentence};
        });
}

QString KeyService::generate()
{
    return QString::fromLatin1(secrets::newKey().reveal());
}

QFuture<Result<Secret>> KeyService::reveal(const KeyPurpose& purpose) const
{
    const auto entry = entryOf(purpose);
    if (!entry)
        return failed<Secret>(entry.error());
    return secrets::SecretStore::shared().read(*entry).then(
        [](const Result<secrets::Found>& found) -> Result<Secret> {
            return found ? Result<Secret>(found->secret) : Result<Secret>(found.error());
        });
}

} // namespace queuedeck::service
