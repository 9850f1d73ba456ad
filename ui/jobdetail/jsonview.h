// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace queuedeck::ui {

/// JSON to read and copy, never to edit: laid out and coloured. Of a long text the first part is
/// shown until openAll().
class JsonView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit JsonView(const QString& accessibleName, QWidget* parent = nullptr);

    void setJson(const QByteArray& json);
    bool isCut() const { return m_isCut; }
    void openAll();

private:
    void showPart(qsizetype most);

    QByteArray m_json;
    bool m_isCut = false;
};

} // namespace queuedeck::ui
