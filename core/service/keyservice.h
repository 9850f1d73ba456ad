// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QFuture>
#include <QString>

namespace queuedeck::service {

/// What a key or password is for.
struct KeyPurpose
{
    enum class Kind {
        ProcessorKey,     ///< of a remote endpoint; `of` is its URL
        OwnKey,           ///< of the endpoint served here
        ClaudeKey,        ///< for reading pictures with Claude
        DatabasePassword, ///< `of` is the address, with or without its password
    };
    Kind kind = Kind::ProcessorKey;
    QString of = {};

    bool operator==(const KeyPurpose&) const = default;
};

/// Where a key is, for showing; never the key.
struct KeyInfo
{
    enum class Source { None, Environment, Keychain, ThisRunOnly };
    Source source = Source::None;
    QString variable = {}; ///< JOB_PROCESSOR_API_KEY, when the source is the environment
    QString sentence;      ///< "The key is in the keychain.", "No keychain answers: …"

    bool isSet() const { return source != Source::None; }
};

/// Keys and passwords: looked for in the environment first, then in the keychain of the desktop,
/// then among those kept in memory for this run. None is ever written anywhere else. Every
/// question is a future; they are answered on the thread of secrets, within 10 s each.
///
/// All instances share one memory, so a key set in one window is known in another. From any thread.
class KeyService
{
public:
    QFuture<base::Result<KeyInfo>> look(const KeyPurpose& purpose) const;
    /// Keeps it in the keychain, or for this run only when there is none or it is locked; the
    /// answer says which. Invalid: an empty text, or one that no header can carry.
    QFuture<base::Result<KeyInfo>> store(const KeyPurpose& purpose, const QString& text);
    /// Out of the keychain and of the memory. Variables of the environment stay.
    QFuture<base::Result<KeyInfo>> forget(const KeyPurpose& purpose);
    /// 32 random bytes as 64 hexadecimal digits; kept nowhere.
    static QString generate();

    /// For the rooms of core: the key itself, empty when there is none.
    QFuture<base::Result<base::Secret>> reveal(const KeyPurpose& purpose) const;
};

} // namespace queuedeck::service
