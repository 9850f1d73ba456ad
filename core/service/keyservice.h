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
        PicturesKey,      ///< for putting pictures somewhere; `of` is a domain::UploadPlace's text
        DatabasePassword, ///< `of` is the address, with or without its password
        WebhookAddress,   ///< where alerts go; `of` is SessionInfo::key
        WebhookKey,       ///< what messages to it are signed with; likewise
    };
    Kind kind = Kind::ProcessorKey;
    QString of = {};

    bool operator==(const KeyPurpose&) const = default;
};

/// Where a key is stored, for display; never the key itself.
struct KeyInfo
{
    enum class Source { None, Environment, Keychain, ThisRunOnly };
    Source source = Source::None;
    QString variable = {};   ///< such as JOB_PROCESSOR_API_KEY, when the source is the environment
    base::Sentence sentence; ///< "The key is in the keychain.", "No keychain answers: …"

    bool isSet() const { return source != Source::None; }
};

/// Keys and passwords: looked up in the environment first, then in the desktop's keychain, then
/// among those kept in memory for this run. None is ever written anywhere else. Every call returns
/// a future, which is answered on the thread of secrets, within 10 s.
///
/// All instances share one memory, so a key set in one window is known in another. From any thread.
class KeyService
{
public:
    QFuture<base::Result<KeyInfo>> look(const KeyPurpose& purpose) const;
    /// Stores it in the keychain, or for this run only if there is none or it is locked; the answer
    /// says which. Invalid: an empty text, or one that no HTTP header can carry.
    QFuture<base::Result<KeyInfo>> store(const KeyPurpose& purpose, const QString& text);
    /// Removes it from the keychain and from memory. Environment variables stay.
    QFuture<base::Result<KeyInfo>> forget(const KeyPurpose& purpose);
    /// 32 random bytes as 64 hexadecimal digits; stored nowhere.
    static QString generate();

    /// For use within core: the key itself, empty if there is none.
    QFuture<base::Result<base::Secret>> reveal(const KeyPurpose& purpose) const;
};

} // namespace queuedeck::service
