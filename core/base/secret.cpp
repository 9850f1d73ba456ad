// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret.h"

#include <cstring>
#include <vector>

namespace queuedeck::base {

class Secret::Bytes
{
public:
    explicit Bytes(QByteArrayView text)
        : m_text(text.begin(), text.end())
    {
    }
    ~Bytes() { ::explicit_bzero(m_text.data(), m_text.size()); }
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;

    QByteArrayView view() const { return {m_text.data(), qsizetype(m_text.size())}; }

private:
    std::vector<char> m_text;
};

Secret::Secret(QByteArrayView text)
    : m_bytes(std::make_shared<Bytes>(text))
{
}

Secret Secret::takenFrom(QByteArray& text)
{
    const Secret secret(text);
    text.detach();
    ::explicit_bzero(text.data(), size_t(text.size()));
    text.clear();
    return secret;
}

Secret Secret::takenFrom(QString& text)
{
    QByteArray bytes = text.toUtf8();
    text.detach();
    ::explicit_bzero(text.data(), size_t(text.size()) * sizeof(QChar));
    text.clear();
    return takenFrom(bytes);
}

QByteArrayView Secret::reveal() const
{
    return m_bytes ? m_bytes->view() : QByteArrayView();
}

bool Secret::operator==(const Secret& other) const
{
    return reveal() == other.reveal();
}

} // namespace queuedeck::base
