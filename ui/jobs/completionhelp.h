// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/querycompletion.h"

#include <QWidget>

namespace queuedeck::ui {

/// What the completion that is pointed at finds: words for a field, and for a payload path its most
/// frequent values as bars.
class CompletionHelp : public QWidget
{
    Q_OBJECT

public:
    explicit CompletionHelp(QWidget* parent = nullptr);

    /// Null: nothing is pointed at.
    void show(const domain::Completion* completion, const domain::QueryVocabulary& vocabulary);
    using QWidget::show;
    /// What it says, without the bars.
    const QString& text() const { return m_text; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_title;
    QString m_text;
    QVector<domain::CountedWord> m_bars;
    qint64 m_most = 1;
};

} // namespace queuedeck::ui
