// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

class QDebug;

namespace queuedeck::base {

/// A password or a key. It cannot be printed, compared with a string or converted to one by
/// accident: code that needs the bytes calls reveal(). Copies share one buffer, which is
/// overwritten when the last copy dies. A value: from any thread.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArrayView text);
    /// Takes the text and overwrites the memory that held it.
    static Secret takenFrom(QByteArray& text);
    static Secret takenFrom(QString& text);

    bool isEmpty() const { return reveal().isEmpty(); }
    /// Valid as long as a copy of this lives.
    QByteArrayView reveal() const;
    bool operator==(const Secret& other) const;

private:
    class Bytes;
    std::shared_ptr<const Bytes> m_bytes;
};

QDebug operator<<(QDebug, const Secret&) = delete;

} // namespace queuedeck::base
