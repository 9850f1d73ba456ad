// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/survey.h"

namespace queuedeck::service {

/// A step of the test of a connection.
struct TestStep
{
    enum class Result { Good, Notable, Doubtful, Failed, NotTried };

    Result result = Result::Good;
    base::Sentence title;
    base::Sentence detail = {};
};

/// What the survey of an address found, step by step in the order in which they are taken. The step
/// that failed comes first, with the database's own sentence; those after it were not tried.
QVector<TestStep> testSteps(const QString& address, const base::Result<Survey>& survey);

} // namespace queuedeck::service
