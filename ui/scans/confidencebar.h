// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace queuedeck::ui {

/// How sure the reader was, as a bar; in the colour of a warning when a person should look.
class ConfidenceBar : public QWidget
{
    Q_OBJECT
public:
    explicit ConfidenceBar(QWidget* parent = nullptr);

    void setConfidence(double confidence);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_confidence = 0;
};

} // namespace queuedeck::ui
