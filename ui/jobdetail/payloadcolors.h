// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobdetail/jsonprinter.h"

#include <QSyntaxHighlighter>

namespace queuedeck::ui {

/// Colours what printJson() printed, by its spans.
class PayloadColors : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

    void setSpans(const QVector<JsonSpan>& spans) { m_spans = spans; }

protected:
    void highlightBlock(const QString& text) override;

private:
    QVector<JsonSpan> m_spans;
};

} // namespace queuedeck::ui
