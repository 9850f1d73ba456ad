// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobfilter.h"
#include "ui/jobs/queryedit.h"

#include <QSyntaxHighlighter>
#include <QTimer>

#include <functional>
#include <optional>

class QToolButton;

namespace queuedeck::domain {
struct QueryVocabulary;
}

namespace queuedeck::ui {

class Label;
class QueryCompleter;

/// Colours the fields and values of a filter, and underlines its error.
class FilterHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    using QSyntaxHighlighter::QSyntaxHighlighter;
    void setError(const std::optional<domain::TextError>& error);

protected:
    void highlightBlock(const QString& text) override;

private:
    std::optional<domain::TextError> m_error;
};

/// The filter as a person types it; its text is the single source of truth for what the list shows.
/// It is parsed 250 ms after the last key, and filterChanged() reports a valid filter. An error is
/// underlined and explained below; the last good list stays.
class QueryBar : public QWidget
{
    Q_OBJECT

public:
    explicit QueryBar(QWidget* parent = nullptr);

    QString text() const;
    void setText(const QString& text); ///< used at once
    const domain::JobFilter& filter() const { return m_filter; }
    bool hasError() const { return m_error.has_value(); }
    void setMatches(const QString& words); ///< "12,431 match"
    QString matches() const;
    QueryEdit* edit() const { return m_edit; }
    void focusEdit();
    QWidget* field() const { return m_field; }
    /// What completions are made from, asked each time; see completionWanted().
    void setVocabulary(const std::function<domain::QueryVocabulary()>& vocabulary);
    /// More is known than when the completions were opened.
    void refreshCompletions();

Q_SIGNALS:
    void filterChanged(const queuedeck::domain::JobFilter& filter);
    /// Whether the text is a valid filter; while it is not, filter() is the last valid one.
    void validChanged(bool isValid);
    void left();
    void completionWanted();        ///< completions open: it is worth knowing more
    void used(const QString& text); ///< a valid filter that a person typed and kept

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void use();
    void keep();
    QRect fieldRect() const;

    QWidget* m_field;
    QueryEdit* m_edit;
    QueryCompleter* m_completer;
    FilterHighlighter* m_highlighter;
    Label* m_matches;
    QToolButton* m_clear;
    Label* m_mistake;
    QTimer m_debounce;
    domain::JobFilter m_filter;
    std::optional<domain::TextError> m_error;
    bool m_isSetting = false; ///< it is not a person who changes the text
    bool m_isTyped = false;   ///< by a person, since used()
};

} // namespace queuedeck::ui
