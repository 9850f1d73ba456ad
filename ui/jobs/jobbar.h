// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/panel.h"

class QPushButton;
class QToolButton;

namespace queuedeck::ui {

class ActionButton;
class ActionSet;
struct JobScope;

/// The bar above the jobs: actions on the selected ones and on all that match, and how many new
/// ones are above.
class JobBar : public Surface
{
    Q_OBJECT

public:
    JobBar(ActionSet& actions, QWidget* parent);

    void setScope(const JobScope& scope);
    /// "12 new"; empty: none.
    void setNewer(const QString& words);
    void setNarrow(bool isNarrow);
    QWidget* first() const; ///< where the focus enters
    void focusMatching();   ///< what acts on all that match

Q_SIGNALS:
    void newestWanted();

private:
    ActionButton* m_retry;
    ActionButton* m_delete;
    ActionButton* m_retryAll;
    ActionButton* m_cleanUp;
    QToolButton* m_moreAll;
    QPushButton* m_newer;
};

/// "12,431", or "≥ 10,000" where counting stopped there.
QString matchText(const JobScope& scope);

} // namespace queuedeck::ui
