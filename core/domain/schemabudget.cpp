// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/schemabudget.h"

namespace queuedeck::domain {

namespace {
thread_local SchemaBudget* now = nullptr;

const char* here()
{
    return static_cast<const char*>(__builtin_frame_address(0));
}
} // namespace

SchemaBudget::SchemaBudget(const void* results)
    : m_deadline(std::chrono::steady_clock::now() + kTime)
    , m_base(here())
    , m_results(results)
    , m_outer(std::exchange(now, this))
{
}

SchemaBudget::~SchemaBudget()
{
    now = m_outer;
}

SchemaBudget& SchemaBudget::current()
{
    return *now;
}

void SchemaBudget::spend() const
{
    if (m_base - here() > kStackUsed)
        throw Exceeded{Exceeded::What::Depth};
    if (std::chrono::steady_clock::now() > m_deadline)
        throw Exceeded{Exceeded::What::Time};
}

bool SchemaBudget::matches(const std::string& pattern, const std::string& text)
{
    spend();
    const QByteArray key = QByteArray::fromStdString(pattern);
    auto known = m_patterns.find(key);
    if (known == m_patterns.end())
        known = m_patterns.insert(key, schemaPattern(QString::fromUtf8(key)));
    return known->match(QString::fromStdString(text)).hasMatch();
}

} // namespace queuedeck::domain
