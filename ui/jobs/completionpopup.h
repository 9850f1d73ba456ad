// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/querycompletion.h"

#include <QFrame>

class QListView;

namespace queuedeck::ui {

class CompletionHelp;
class CompletionModel;
class Label;

/// How the filter may go on, below the field that it is typed in. It never has the focus: the field
/// passes keys on. Part of the field's window, over its other content.
class CompletionPopup : public QFrame
{
    Q_OBJECT

public:
    explicit CompletionPopup(QWidget* field);

    /// Opens, stays open or closes: nothing to offer closes it. `pointsAtFirst`: Tab takes the
    /// first one without further ado.
    void show(const domain::Completions& completions, const domain::QueryVocabulary& vocabulary,
              bool pointsAtFirst);
    /// The one that is pointed at; null: none.
    const domain::Completion* current() const;
    const domain::Completions& completions() const;
    void move(int step); ///< to the next one below (1) or above (-1)
    QListView* list() const { return m_list; }

Q_SIGNALS:
    void chosen(); ///< by the mouse: current()

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void point(const QModelIndex& index);

    QWidget* m_field;
    CompletionModel* m_model;
    QListView* m_list;
    CompletionHelp* m_help;
    Label* m_sample;
    domain::QueryVocabulary m_vocabulary;
};

} // namespace queuedeck::ui
