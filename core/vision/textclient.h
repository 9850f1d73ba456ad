// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/setback.h"

#include <QJsonObject>

#include <functional>
#include <stop_token>
#include <tl/expected.hpp>

namespace queuedeck::vision {

/// A question in words, whose answer is a JSON object.
struct TextQuestion
{
    QString jobType;       ///< that it is asked for: what it costs is counted for this type
    QString instructions;  ///< what the model is to do; never anything that a row says
    QString text;          ///< what it is asked, with the data
    QJsonObject schema;    ///< of the answer
    int mostTokens = 2048; ///< of the answer
    /// Checks an answer, whoever promised to keep to the schema, and returns what counts of it.
    /// NotFound: there is nothing in it, and asking again cannot help; any other error may pass.
    std::function<base::Result<QJsonObject>(const QJsonObject&)> check;
    std::stop_token stop;    ///< ends it at once
    std::stop_token leaving; ///< do not begin to send any more
};

struct TextAnswer
{
    QJsonObject fields; ///< as `check` returned them
    QString model;
};

/// Asks a model elsewhere. Shared by the workers of an engine: from any thread. Blocks for as long
/// as the model takes. A question that was answered before is not sent again.
class TextClient
{
public:
    virtual ~TextClient() = default;

    virtual tl::expected<TextAnswer, domain::Setback> ask(const TextQuestion& question) = 0;
};

} // namespace queuedeck::vision
