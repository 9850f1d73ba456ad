// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/claudereading.h"

#include "core/service/home.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Sentence;

namespace {
constexpr qsizetype kLongestModel = 100;

QString variable(const char* name, const QString& otherwise)
{
    const QString value = qEnvironmentVariable(name).trimmed();
    return value.isEmpty() ? otherwise : value;
}

base::Result<vision::ClaudeOptions> optionsWith(const base::Secret& key)
{
    vision::ClaudeOptions options;
    options.key = key;
    options.folder = homeFolder() + u"/claude"_s;
    options.address = variable("ANTHROPIC_BASE_URL", options.address);
    options.model = variable("QUEUEDECK_CLAUDE_MODEL", options.model);
    const bool isName = options.model.size() <= kLongestModel &&
                        std::all_of(options.model.begin(), options.model.end(), [](QChar c) {
                            return c.unicode() > 0x20 && c.unicode() < 0x7F;
                        });
    if (!isName)
        return base::fail(ErrorKind::Invalid,
                          Sentence::tr("QUEUEDECK_CLAUDE_MODEL is no model's name, such as %1.")
                              .arg(QString(vision::kUsualModel)));
    bool isNumber = false;
    options.tokensPerDay =
        variable("QUEUEDECK_CLAUDE_TOKENS_PER_DAY", QString::number(options.tokensPerDay))
            .toLongLong(&isNumber);
    if (!isNumber || options.tokensPerDay < 0)
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("QUEUEDECK_CLAUDE_TOKENS_PER_DAY is no number of tokens, such as "
                         "1000000."));
    if (const base::Status usable = vision::ClaudeVision::check(options.address); !usable)
        return usable.error();
    return options;
}

bool isSame(const vision::ClaudeOptions& one, const vision::ClaudeOptions& other)
{
    return one.key == other.key && one.address == other.address && one.model == other.model &&
           one.folder == other.folder && one.tokensPerDay == other.tokensPerDay;
}
} // namespace

const std::shared_ptr<ClaudeReading>& ClaudeReading::shared()
{
    static const auto s_shared = std::make_shared<ClaudeReading>();
    return s_shared;
}

base::Result<std::shared_ptr<vision::ClaudeVision>> ClaudeReading::client()
{
    const auto found = secrets::SecretStore::shared().read(secrets::Entry::claudeKey()).result();
    if (!found)
        return found.error();
    {
        const std::lock_guard lock(m_mutex);
        m_whereKey = found->sentence;
    }
    auto options = optionsWith(found->secret);
    if (!options)
        return options.error();
    if (found->secret.isEmpty())
        return std::shared_ptr<vision::ClaudeVision>();
    const std::lock_guard lock(m_mutex);
    if (!m_client || !isSame(m_options, *options)) {
        options->onSpent = m_onSpent;
        auto made = vision::ClaudeVision::make(*options);
        if (!made)
            return made.error();
        m_client = std::move(*made);
        m_options = std::move(*options);
    }
    return m_client;
}

QString ClaudeReading::whereKey() const
{
    const std::lock_guard lock(m_mutex);
    return m_whereKey;
}

base::Result<ClaudeInfo> ClaudeReading::info(const secrets::Found& key) const
{
    const auto options = optionsWith(key.secret);
    if (!options)
        return options.error();
    ClaudeInfo info;
    info.hasKey = !key.secret.isEmpty();
    info.key = key.sentence;
    info.model = options->model;
    info.address = QUrl(options->address).host();
    info.tokensPerDay = options->tokensPerDay;
    const auto spent = vision::tokensOf(*options).spentToday();
    if (spent)
        info.tokensToday = *spent;
    else
        info.trouble = spent.error().detail;
    const std::lock_guard lock(m_mutex);
    if (m_client && info.trouble.isEmpty())
        info.trouble = m_client->trouble();
    return info;
}

} // namespace queuedeck::service
