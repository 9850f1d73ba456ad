// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/async/taskthread.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/secrets/entry.h"

#include <QFuture>
#include <QHash>

#include <chrono>

namespace queuedeck::secrets {

enum class Place { None, Environment, Keychain, ThisRunOnly };

/// A secret and where it is, or that there is none.
struct Found
{
    base::Secret secret;
    Place place = Place::None;
    base::Sentence sentence; ///< where it is, or why there may be none
};

/// Where a secret went.
struct Kept
{
    Place place = Place::None;
    base::Sentence sentence; ///< for people, with the reason when it is not the keychain
};

/// Secrets in the desktop keychain or, if there is none or it is locked or does not answer, in the
/// memory of this process and nowhere else. Results are futures from the store's own thread, the
/// only one that uses QtKeychain; each keychain request takes at most the deadline. From any
/// thread.
///
/// A locked keychain reports every secret as missing and every deletion as successful: writes are
/// therefore read back, and "None" is no proof of absence.
class SecretStore
{
public:
    /// `service` names the program in the keychain.
    explicit SecretStore(const QString& service = QStringLiteral("queuedeck"),
                         std::chrono::milliseconds deadline = std::chrono::seconds(10));

    /// The store of this process.
    static SecretStore& shared();

    /// The environment takes precedence over memory, and memory over the keychain.
    QFuture<base::Result<Found>> read(const Entry& entry);
    QFuture<base::Result<Kept>> write(const Entry& entry, const base::Secret& secret);
    /// NotFound: there was none.
    QFuture<base::Result<Kept>> remove(const Entry& entry);

private:
    struct Answer;
    enum class Operation { Read, Write, Remove };

    Answer ask(Operation operation, const QString& name, const base::Secret& secret = {});
    base::Sentence unwilling(const Answer& answer) const;
    Found find(const Entry& entry);
    Kept keep(const Entry& entry, const base::Secret& secret);
    base::Result<Kept> drop(const Entry& entry);

    const QString m_service;
    const std::chrono::milliseconds m_deadline;
    // Used on the store's thread only.
    QHash<QString, base::Secret> m_memory;
    std::chrono::steady_clock::time_point m_silentUntil{};
    async::TaskThread m_thread; // last: it uses all of the above
};

} // namespace queuedeck::secrets
