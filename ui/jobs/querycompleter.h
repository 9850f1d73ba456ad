// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/querycompletion.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QKeyEvent;

namespace queuedeck::ui {

class CompletionPopup;
class QueryEdit;

/// Completions while a filter is typed. They open by typing, by Ctrl+Space, and by Up for filters
/// used before; Up and Down point at one, Tab takes it, Esc closes. Nothing else changes the text,
/// and the focus stays in the field.
class QueryCompleter : public QObject
{
    Q_OBJECT

public:
    /// `field`: what the completions open below.
    QueryCompleter(QueryEdit& edit, QWidget& field);

    void setVocabulary(const std::function<domain::QueryVocabulary()>& vocabulary);
    void typed();   ///< a person changed the text
    void refresh(); ///< more is known
    void close();
    bool isOpen() const;

Q_SIGNALS:
    void opened();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Kind { AtCaret, Recent };

    void open(Kind kind, bool pointsAtFirst);
    bool takesKey(const QKeyEvent& event);
    bool take();
    qsizetype caret() const;

    QueryEdit& m_edit;
    QWidget& m_field;
    QPointer<CompletionPopup> m_popup;
    std::function<domain::QueryVocabulary()> m_vocabulary;
    Kind m_kind = Kind::AtCaret;
    QString m_offeredFor; ///< the text that the completions are for
    bool m_isTaking = false;
};

} // namespace queuedeck::ui
