// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/finding.h"

#include <QWidget>

class QVBoxLayout;

namespace queuedeck::ui {

/// One finding whole: its cause, the evidence as a table, what to do with a button each, and the
/// statement to copy. Or what a check that found nothing looked at.
class FindingView : public QWidget
{
    Q_OBJECT

public:
    explicit FindingView(QWidget* parent = nullptr);

    /// `isFirst`: it explains most. `isReadOnly`: no job can be changed here.
    void showFinding(const domain::Finding& finding, bool isFirst, bool isReadOnly);
    void showCheck(const domain::CheckOutcome& check);
    void clear();

Q_SIGNALS:
    void wanted(queuedeck::domain::Remedy::Action action,
                const queuedeck::domain::Finding& finding);

private:
    void addHead(int icon, int color, const QString& word, const QString& title,
                 const QString& text);
    void addFacts(const domain::Finding& finding);
    void addRemedies(const domain::Finding& finding, bool isReadOnly);
    void addStatement(const domain::Finding& finding);

    QVBoxLayout* m_column;
};

} // namespace queuedeck::ui
