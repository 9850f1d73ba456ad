// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/newkey.h"

#include <QRandomGenerator>

#include <array>

namespace queuedeck::secrets {

base::Secret newKey()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    QByteArray hex =
        QByteArray::fromRawData(reinterpret_cast<const char*>(words.data()), sizeof words).toHex();
    return base::Secret::takenFrom(hex);
}

} // namespace queuedeck::secrets
