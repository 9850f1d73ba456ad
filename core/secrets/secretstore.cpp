// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/secretstore.h"

#include "core/secrets/environment.h"

#include <QEventLoop>
#include <QTimer>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace queuedeck::secrets {

namespace {
// After a timeout the keychain is left alone for this long, or every start would wait.
constexpr std::chrono::seconds kSilence{60};
} // namespace

struct SecretStore::Answer
{
    QKeychain::Error error = QKeychain::NoError;
    bool isSilent = false; ///< no answer within the deadline
    QString reason;
    base::Secret secret;
};

SecretStore::SecretStore(const QString& service, std::chrono::milliseconds deadline)
    : m_service(service)
    , m_deadline(deadline)
    , m_thread("qd-secrets")
{
}

SecretStore& SecretStore::shared()
{
    static SecretStore s_store;
    return s_store;
}

QFuture<base::Result<Found>> SecretStore::read(const Entry& entry)
{
    return m_thread.run([this, entry]() -> base::Result<Found> { return find(entry); });
}

QFuture<base::Result<Kept>> SecretStore::write(const Entry& entry, const base::Secret& secret)
{
    return m_thread.run(
        [this, entry, secret]() -> base::Result<Kept> { return keep(entry, secret); });
}

QFuture<base::Result<Kept>> SecretStore::remove(const Entry& entry)
{
    return m_thread.run([this, entry] { return drop(entry); });
}

SecretStore::Answer SecretStore::ask(Operation operation, const QString& name,
                                     const base::Secret& secret)
{
    Answer answer;
    if (std::chrono::steady_clock::now() < m_silentUntil) {
        answer.isSilent = true;
        return answer;
    }
    QEventLoop loop;
    QKeychain::Job* job = nullptr;
    if (operation == Operation::Read) {
        job = new QKeychain::ReadPasswordJob(m_service);
    } else if (operation == Operation::Write) {
        auto* write = new QKeychain::WritePasswordJob(m_service);
        write->setTextData(QString::fromUtf8(secret.reveal()));
        job = write;
    } else {
        job = new QKeychain::DeletePasswordJob(m_service);
    }
    job->setKey(name);
    job->setInsecureFallback(false);
    bool isFinished = false;
    QObject::connect(job, &QKeychain::Job::finished, &loop, [&](QKeychain::Job* done) {
        isFinished = true;
        answer.error = done->error();
        answer.reason = done->errorString();
        if (operation == Operation::Read && answer.error == QKeychain::NoError) {
            QString text = static_cast<QKeychain::ReadPasswordJob*>(done)->textData();
            answer.secret = base::Secret::takenFrom(text);
        }
        loop.quit();
    });
    QTimer::singleShot(m_deadline, &loop, &QEventLoop::quit);
    job->start();
    loop.exec();
    // An unanswered job is left to delete itself: the library would write to a deleted one.
    if (!isFinished) {
        answer.isSilent = true;
        m_silentUntil = std::chrono::steady_clock::now() + kSilence;
    }
    return answer;
}

base::Sentence SecretStore::unwilling(const Answer& answer) const
{
    if (answer.isSilent)
        return base::Sentence::tr("The keychain did not answer within %1 s")
            .arg(std::chrono::duration_cast<std::chrono::seconds>(m_deadline).count());
    if (answer.error == QKeychain::AccessDenied || answer.error == QKeychain::AccessDeniedByUser ||
        answer.reason.contains("locked"_L1, Qt::CaseInsensitive))
        return base::Sentence::tr("The keychain is locked");
    return base::Sentence::tr("There is no keychain here");
}

Found SecretStore::find(const Entry& entry)
{
    const base::Secret given = fromEnvironment(entry.variable);
    if (!given.isEmpty())
        return {
            given, Place::Environment,
            base::Sentence::tr("From the variable %1.").arg(QString::fromLatin1(entry.variable))};
    if (m_memory.contains(entry.name))
        return {m_memory.value(entry.name), Place::ThisRunOnly,
                base::Sentence::tr("Kept in memory until Queuedeck ends.")};
    const Answer answer = ask(Operation::Read, entry.name);
    if (!answer.isSilent && answer.error == QKeychain::NoError && !answer.secret.isEmpty())
        return {answer.secret, Place::Keychain, base::Sentence::tr("In the keychain.")};
    if (!answer.isSilent &&
        (answer.error == QKeychain::NoError || answer.error == QKeychain::EntryNotFound))
        return {
            {}, Place::None, base::Sentence::tr("Not in the keychain, or the keychain is locked.")};
    return {{}, Place::None, unwilling(answer) + base::Sentence::tr(", so none is kept.")};
}

Kept SecretStore::keep(const Entry& entry, const base::Secret& secret)
{
    const Answer written = ask(Operation::Write, entry.name, secret);
    QString reason;
    if (written.isSilent || written.error != QKeychain::NoError) {
        reason = unwilling(written);
    } else {
        const Answer back = ask(Operation::Read, entry.name);
        if (back.secret == secret) {
            m_memory.remove(entry.name);
            return {Place::Keychain, base::Sentence::tr("Kept in the keychain.")};
        }
        reason = base::Sentence::tr("The keychain did not give it back");
    }
    m_memory.insert(entry.name, secret);
    return {Place::ThisRunOnly,
            reason + base::Sentence::tr(", so it is kept in memory until Queuedeck ends.")};
}

base::Result<Kept> SecretStore::drop(const Entry& entry)
{
    const bool wasInMemory = m_memory.remove(entry.name);
    const Answer there = ask(Operation::Read, entry.name);
    const bool wasInKeychain = !there.secret.isEmpty();
    if (wasInKeychain) {
        ask(Operation::Remove, entry.name);
        if (!ask(Operation::Read, entry.name).secret.isEmpty())
            return base::fail(
                base::ErrorKind::Denied,
                base::Sentence::tr("The keychain did not remove it. It is still there."));
        return Kept{Place::Keychain, base::Sentence::tr("Removed from the keychain.")};
    }
    if (wasInMemory)
        return Kept{Place::ThisRunOnly, base::Sentence::tr("Removed from memory.")};
    return base::fail(
        base::ErrorKind::NotFound,
        base::Sentence::tr("There was nothing to remove, or the keychain is locked."));
}

} // namespace queuedeck::secrets
