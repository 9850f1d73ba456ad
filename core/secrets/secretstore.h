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

/// A secret, or that there is none, and where it is.
struct Found
{
    base::Secret secret;
    Place place = Place::None;
    QString sentence; ///< where it is, or why there may be none
};

/// Where a secret went.
struct Kept
{
    Place place = Place::None;
    QString sentence; ///< for people, with the reason when it is not the keychain
};

/// Secrets in the keychain of the desktop; where there is none, or it is locked or silent, in the
/// memory of this process and nowhere else. Answers are futures from a thread of its own, on which
/// alone QtKeychain is used; each takes at most the deadline. From any thread.
///
/// A locked keychain says of every secret that it is not there, and of every deletion that it
/// worked: what was written is therefore read back, and "None" is no proof of absence.
class SecretStore
{
public:
    /// `service` names the program in the keychain.
    explicit SecretStore(const QString& service = QStringLiteral("queuedeck"),
                         std::chrono::milliseconds deadline = std::chrono::seconds(10));

    /// The one of this process.
    static SecretStore& shared();

    /// The environment goes before the memory, and the memory before the keychain.
    QFuture<base::Result<Found>> read(const Entry& entry);
    QFuture<base::Result<Kept>> write(const Entry& entry, const base::Secret& secret);
    /// NotFound: there was none here.
    QFuture<base::Result<Kept>> remove(const Entry& entry);

private:
    struct Answer;
    enum class Deed { Read, Write, Remove };

    Answer ask(Deed deed, const QString& name, const base::Secret& secret = {});
    QString unwilling(const Answer& answer) const;
    Found find(const Entry& entry);
    Kept keep(const Entry& entry, const base::Secret& secret);
    base::Result<Kept> drop(const Entry& entry);

    const QString m_service;
    const std::chrono::milliseconds m_deadline;
    // Touched on the thread of the store only.
    QHash<QString, base::Secret> m_memory;
    std::chrono::steady_clock::time_point m_silentUntil{};
    async::TaskThread m_thread; // last: it uses all of the above
};

} // namespace queuedeck::secrets
