// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/connectionrules.h"

#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
// In the order of the enumerations.
constexpr std::array kEnvironments{"local"_L1, "test"_L1, "staging"_L1, "production"_L1};
constexpr std::array kSafeties{"read-only"_L1, "confirm"_L1, "type-name"_L1};

template <class Value, size_t Count>
std::optional<Value> find(const std::array<QLatin1StringView, Count>& words, const QString& text)
{
    for (size_t i = 0; i < Count; ++i) {
        if (text == words[i])
            return Value(i);
    }
    return {};
}
} // namespace

QString environmentText(Environment environment)
{
    return kEnvironments[size_t(environment)];
}

std::optional<Environment> environmentFrom(const QString& text)
{
    return find<Environment>(kEnvironments, text);
}

QString safetyText(Safety safety)
{
    return kSafeties[size_t(safety)];
}

std::optional<Safety> safetyFrom(const QString& text)
{
    return find<Safety>(kSafeties, text);
}

} // namespace queuedeck::domain
